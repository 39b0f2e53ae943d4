using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DextSage.Integration.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Rules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Rule",
                table: "Publications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "FlaggedBy",
                table: "Items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "HeldBy",
                table: "Items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "RuleId",
                table: "ItemChanges",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RuleWords",
                table: "ItemChanges",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "RuleId",
                table: "BulkRuns",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AutoPublications",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RuleId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RuleWords = table.Column<string>(type: "TEXT", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DueAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Sentence = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AutoPublications", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "AutoPublishSettings",
                columns: table => new
                {
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    IsOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    Limit = table.Column<long>(type: "INTEGER", nullable: false),
                    HoldMinutes = table.Column<int>(type: "INTEGER", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ChangedAt = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AutoPublishSettings", x => x.BusinessId);
                });

            migrationBuilder.CreateTable(
                name: "Rules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SubjectId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    IsOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    Conditions = table.Column<string>(type: "TEXT", nullable: false),
                    Actions = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Rules", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ItemChanges_RuleId_ItemId_At",
                table: "ItemChanges",
                columns: new[] { "RuleId", "ItemId", "At" },
                filter: "\"RuleId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_AutoPublications_BusinessId_Status_DueAt",
                table: "AutoPublications",
                columns: new[] { "BusinessId", "Status", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_AutoPublications_ItemId_DecidedAt",
                table: "AutoPublications",
                columns: new[] { "ItemId", "DecidedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_Rules_BusinessId_Kind_Position",
                table: "Rules",
                columns: new[] { "BusinessId", "Kind", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_Rules_BusinessId_Kind_SubjectId",
                table: "Rules",
                columns: new[] { "BusinessId", "Kind", "SubjectId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AutoPublications");

            migrationBuilder.DropTable(
                name: "AutoPublishSettings");

            migrationBuilder.DropTable(
                name: "Rules");

            migrationBuilder.DropIndex(
                name: "IX_ItemChanges_RuleId_ItemId_At",
                table: "ItemChanges");

            migrationBuilder.DropColumn(
                name: "Rule",
                table: "Publications");

            migrationBuilder.DropColumn(
                name: "FlaggedBy",
                table: "Items");

            migrationBuilder.DropColumn(
                name: "HeldBy",
                table: "Items");

            migrationBuilder.DropColumn(
                name: "RuleId",
                table: "ItemChanges");

            migrationBuilder.DropColumn(
                name: "RuleWords",
                table: "ItemChanges");

            migrationBuilder.DropColumn(
                name: "RuleId",
                table: "BulkRuns");
        }
    }
}
