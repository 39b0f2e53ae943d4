using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DextSage.Integration.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class InboxAndSearch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Items_BusinessId_Workspace_Place_Status_CreatedAt",
                table: "Items");

            migrationBuilder.CreateTable(
                name: "DocumentTexts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    DocumentId = table.Column<Guid>(type: "TEXT", nullable: false),
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DocumentTexts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_DocumentTexts_Documents_DocumentId",
                        column: x => x.DocumentId,
                        principalTable: "Documents",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "InboxLayouts",
                columns: table => new
                {
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Workspace = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Columns = table.Column<string>(type: "TEXT", nullable: true),
                    Density = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OpensWith = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InboxLayouts", x => new { x.BusinessId, x.PersonId, x.Workspace });
                });

            migrationBuilder.CreateTable(
                name: "ItemTallies",
                columns: table => new
                {
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Workspace = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Place = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Status = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OwnerId = table.Column<Guid>(type: "TEXT", nullable: false),
                    HasFailed = table.Column<bool>(type: "INTEGER", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemTallies", x => new { x.BusinessId, x.Workspace, x.Place, x.Status, x.OwnerId, x.HasFailed });
                });

            migrationBuilder.CreateTable(
                name: "ItemWords",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Words = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ItemWords", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ItemWords_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "SavedViews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    PersonId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Workspace = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Query = table.Column<string>(type: "TEXT", nullable: false),
                    IsShared = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedViews", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Items_BusinessId_Workspace_OwnerId_Place_CreatedAt_Id",
                table: "Items",
                columns: new[] { "BusinessId", "Workspace", "OwnerId", "Place", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_BusinessId_Workspace_Place_CreatedAt_Id",
                table: "Items",
                columns: new[] { "BusinessId", "Workspace", "Place", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_BusinessId_Workspace_Place_Date_Id",
                table: "Items",
                columns: new[] { "BusinessId", "Workspace", "Place", "Date", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_BusinessId_Workspace_Place_Status_CreatedAt_Id",
                table: "Items",
                columns: new[] { "BusinessId", "Workspace", "Place", "Status", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_BusinessId_Workspace_Place_SupplierName_Id",
                table: "Items",
                columns: new[] { "BusinessId", "Workspace", "Place", "SupplierName", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_BusinessId_Workspace_Place_Total_Id",
                table: "Items",
                columns: new[] { "BusinessId", "Workspace", "Place", "Total", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Items_Failed",
                table: "Items",
                columns: new[] { "BusinessId", "Workspace", "CreatedAt", "Id" },
                filter: "\"Failure\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_DocumentTexts_DocumentId",
                table: "DocumentTexts",
                column: "DocumentId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ItemWords_ItemId",
                table: "ItemWords",
                column: "ItemId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_BusinessId_Workspace",
                table: "SavedViews",
                columns: new[] { "BusinessId", "Workspace" });

            migrationBuilder.Sql(SearchTables.Lay);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(SearchTables.Clear);
            migrationBuilder.DropTable(
                name: "DocumentTexts");

            migrationBuilder.DropTable(
                name: "InboxLayouts");

            migrationBuilder.DropTable(
                name: "ItemTallies");

            migrationBuilder.DropTable(
                name: "ItemWords");

            migrationBuilder.DropTable(
                name: "SavedViews");

            migrationBuilder.DropIndex(
                name: "IX_Items_BusinessId_Workspace_OwnerId_Place_CreatedAt_Id",
                table: "Items");

            migrationBuilder.DropIndex(
                name: "IX_Items_BusinessId_Workspace_Place_CreatedAt_Id",
                table: "Items");

            migrationBuilder.DropIndex(
                name: "IX_Items_BusinessId_Workspace_Place_Date_Id",
                table: "Items");

            migrationBuilder.DropIndex(
                name: "IX_Items_BusinessId_Workspace_Place_Status_CreatedAt_Id",
                table: "Items");

            migrationBuilder.DropIndex(
                name: "IX_Items_BusinessId_Workspace_Place_SupplierName_Id",
                table: "Items");

            migrationBuilder.DropIndex(
                name: "IX_Items_BusinessId_Workspace_Place_Total_Id",
                table: "Items");

            migrationBuilder.DropIndex(
                name: "IX_Items_Failed",
                table: "Items");

            migrationBuilder.CreateIndex(
                name: "IX_Items_BusinessId_Workspace_Place_Status_CreatedAt",
                table: "Items",
                columns: new[] { "BusinessId", "Workspace", "Place", "Status", "CreatedAt" });
        }
    }
}
