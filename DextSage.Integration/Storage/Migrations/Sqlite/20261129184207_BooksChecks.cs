using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DextSage.Integration.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class BooksChecks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "BooksChecks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RequestedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    QueuedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Since = table.Column<DateTime>(type: "TEXT", nullable: false),
                    SageAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    EndedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DoneKinds = table.Column<string>(type: "TEXT", nullable: false),
                    Documents = table.Column<int>(type: "INTEGER", nullable: false),
                    Read = table.Column<int>(type: "INTEGER", nullable: false),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false),
                    WaitingBecause = table.Column<string>(type: "TEXT", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BooksChecks", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PublicationDifferences",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    DocumentId = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Field = table.Column<string>(type: "TEXT", nullable: false),
                    Meant = table.Column<string>(type: "TEXT", nullable: true),
                    InSage = table.Column<string>(type: "TEXT", nullable: true),
                    FirstSeenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    LastSeenAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ResolvedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AcceptedAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    AcceptedById = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PublicationDifferences", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Publications_BusinessId_EndedAt",
                table: "Publications",
                columns: new[] { "BusinessId", "EndedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_BooksChecks_BusinessId_QueuedAt",
                table: "BooksChecks",
                columns: new[] { "BusinessId", "QueuedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PublicationDifferences_BusinessId_ItemId",
                table: "PublicationDifferences",
                columns: new[] { "BusinessId", "ItemId" });

            migrationBuilder.CreateIndex(
                name: "IX_PublicationDifferences_BusinessId_ResolvedAt_FirstSeenAt",
                table: "PublicationDifferences",
                columns: new[] { "BusinessId", "ResolvedAt", "FirstSeenAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BooksChecks");

            migrationBuilder.DropTable(
                name: "PublicationDifferences");

            migrationBuilder.DropIndex(
                name: "IX_Publications_BusinessId_EndedAt",
                table: "Publications");
        }
    }
}
