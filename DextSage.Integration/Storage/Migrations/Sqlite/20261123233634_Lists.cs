using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DextSage.Integration.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Lists : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Periods",
                table: "TaxRates",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "CreditTerms",
                table: "Suppliers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CreditTerms",
                table: "Customers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DefaultCategorySageId",
                table: "Customers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "DefaultTaxRateSageId",
                table: "Customers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ForBanking",
                table: "Categories",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "ForJournals",
                table: "Categories",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "ForOtherReceipts",
                table: "Categories",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "HasFixedTaxRate",
                table: "Categories",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsForLines",
                table: "AnalysisTypes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "Products",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ItemCode = table.Column<string>(type: "TEXT", nullable: true),
                    SalesCategorySageId = table.Column<string>(type: "TEXT", nullable: true),
                    PurchaseCategorySageId = table.Column<string>(type: "TEXT", nullable: true),
                    IsActive = table.Column<bool>(type: "INTEGER", nullable: false),
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SageId = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false, collation: "NOCASE"),
                    DisplayName = table.Column<string>(type: "TEXT", nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", nullable: false),
                    SeenInRun = table.Column<Guid>(type: "TEXT", nullable: false),
                    RetiredAt = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Products", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Products_BusinessId_Name",
                table: "Products",
                columns: new[] { "BusinessId", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_Products_BusinessId_SageId",
                table: "Products",
                columns: new[] { "BusinessId", "SageId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Products");

            migrationBuilder.DropColumn(
                name: "Periods",
                table: "TaxRates");

            migrationBuilder.DropColumn(
                name: "CreditTerms",
                table: "Suppliers");

            migrationBuilder.DropColumn(
                name: "CreditTerms",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "DefaultCategorySageId",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "DefaultTaxRateSageId",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "ForBanking",
                table: "Categories");

            migrationBuilder.DropColumn(
                name: "ForJournals",
                table: "Categories");

            migrationBuilder.DropColumn(
                name: "ForOtherReceipts",
                table: "Categories");

            migrationBuilder.DropColumn(
                name: "HasFixedTaxRate",
                table: "Categories");

            migrationBuilder.DropColumn(
                name: "IsForLines",
                table: "AnalysisTypes");
        }
    }
}
