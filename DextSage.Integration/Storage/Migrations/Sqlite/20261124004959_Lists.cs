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
            migrationBuilder.DropIndex(
                name: "IX_TaxRates_BusinessId_Name",
                table: "TaxRates");

            migrationBuilder.DropIndex(
                name: "IX_Suppliers_BusinessId_Name",
                table: "Suppliers");

            migrationBuilder.DropIndex(
                name: "IX_PaymentMethods_BusinessId_SageId",
                table: "PaymentMethods");

            migrationBuilder.DropIndex(
                name: "IX_Customers_BusinessId_Name",
                table: "Customers");

            migrationBuilder.DropIndex(
                name: "IX_Currencies_BusinessId_Name",
                table: "Currencies");

            migrationBuilder.DropIndex(
                name: "IX_Categories_BusinessId_Name",
                table: "Categories");

            migrationBuilder.DropIndex(
                name: "IX_BankAccounts_BusinessId_Name",
                table: "BankAccounts");

            migrationBuilder.DropIndex(
                name: "IX_AnalysisTypes_BusinessId_Name",
                table: "AnalysisTypes");

            migrationBuilder.DropIndex(
                name: "IX_AnalysisCategories_BusinessId_Name",
                table: "AnalysisCategories");

            migrationBuilder.DropColumn(
                name: "DisplayName",
                table: "PaymentMethods");

            migrationBuilder.DropColumn(
                name: "Fingerprint",
                table: "PaymentMethods");

            migrationBuilder.DropColumn(
                name: "SageId",
                table: "PaymentMethods");

            migrationBuilder.RenameColumn(
                name: "SeenInRun",
                table: "PaymentMethods",
                newName: "CreatedAt");

            migrationBuilder.RenameColumn(
                name: "RetiredAt",
                table: "PaymentMethods",
                newName: "RemovedAt");

            migrationBuilder.AddColumn<bool>(
                name: "IsOwn",
                table: "TaxRates",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsVisible",
                table: "TaxRates",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Periods",
                table: "TaxRates",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "VisibilityChange",
                table: "TaxRates",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CreditTerms",
                table: "Suppliers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsOwn",
                table: "Suppliers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsVisible",
                table: "Suppliers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "VisibilityChange",
                table: "Suppliers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Name",
                table: "PaymentMethods",
                type: "TEXT",
                nullable: false,
                oldClrType: typeof(string),
                oldType: "TEXT",
                oldCollation: "NOCASE");

            migrationBuilder.AddColumn<Guid>(
                name: "BankAccountId",
                table: "PaymentMethods",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LastDigits",
                table: "PaymentMethods",
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
                name: "IsOwn",
                table: "Customers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsVisible",
                table: "Customers",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "VisibilityChange",
                table: "Customers",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsOwn",
                table: "Currencies",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsVisible",
                table: "Currencies",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "VisibilityChange",
                table: "Currencies",
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
                name: "IsOwn",
                table: "Categories",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsVisible",
                table: "Categories",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "VisibilityChange",
                table: "Categories",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsOwn",
                table: "BankAccounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsVisible",
                table: "BankAccounts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "VisibilityChange",
                table: "BankAccounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsForLines",
                table: "AnalysisTypes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsOwn",
                table: "AnalysisTypes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsVisible",
                table: "AnalysisTypes",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "VisibilityChange",
                table: "AnalysisTypes",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsOwn",
                table: "AnalysisCategories",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsVisible",
                table: "AnalysisCategories",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "VisibilityChange",
                table: "AnalysisCategories",
                type: "TEXT",
                nullable: true);

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
                    RetiredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    IsVisible = table.Column<bool>(type: "INTEGER", nullable: false),
                    VisibilityChange = table.Column<Guid>(type: "TEXT", nullable: true),
                    IsOwn = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Products", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "SagePaymentMethods",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SageId = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false, collation: "NOCASE"),
                    DisplayName = table.Column<string>(type: "TEXT", nullable: false),
                    Fingerprint = table.Column<string>(type: "TEXT", nullable: false),
                    SeenInRun = table.Column<Guid>(type: "TEXT", nullable: false),
                    RetiredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    IsVisible = table.Column<bool>(type: "INTEGER", nullable: false),
                    VisibilityChange = table.Column<Guid>(type: "TEXT", nullable: true),
                    IsOwn = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SagePaymentMethods", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_TaxRates_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "TaxRates",
                columns: new[] { "BusinessId", "Name", "Id", "RetiredAt", "IsVisible" });

            migrationBuilder.CreateIndex(
                name: "IX_Suppliers_BusinessId_Name_Id_RetiredAt_IsVisible_Reference_DisplayName",
                table: "Suppliers",
                columns: new[] { "BusinessId", "Name", "Id", "RetiredAt", "IsVisible", "Reference", "DisplayName" });

            migrationBuilder.CreateIndex(
                name: "IX_Suppliers_BusinessId_Reference_Name_Id_RetiredAt_IsVisible",
                table: "Suppliers",
                columns: new[] { "BusinessId", "Reference", "Name", "Id", "RetiredAt", "IsVisible" });

            migrationBuilder.CreateIndex(
                name: "IX_PaymentMethods_BankAccountId",
                table: "PaymentMethods",
                column: "BankAccountId");

            migrationBuilder.CreateIndex(
                name: "IX_Customers_BusinessId_Name_Id_RetiredAt_IsVisible_Reference_DisplayName",
                table: "Customers",
                columns: new[] { "BusinessId", "Name", "Id", "RetiredAt", "IsVisible", "Reference", "DisplayName" });

            migrationBuilder.CreateIndex(
                name: "IX_Customers_BusinessId_Reference_Name_Id_RetiredAt_IsVisible",
                table: "Customers",
                columns: new[] { "BusinessId", "Reference", "Name", "Id", "RetiredAt", "IsVisible" });

            migrationBuilder.CreateIndex(
                name: "IX_Currencies_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "Currencies",
                columns: new[] { "BusinessId", "Name", "Id", "RetiredAt", "IsVisible" });

            migrationBuilder.CreateIndex(
                name: "IX_Categories_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "Categories",
                columns: new[] { "BusinessId", "Name", "Id", "RetiredAt", "IsVisible" });

            migrationBuilder.CreateIndex(
                name: "IX_BankAccounts_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "BankAccounts",
                columns: new[] { "BusinessId", "Name", "Id", "RetiredAt", "IsVisible" });

            migrationBuilder.CreateIndex(
                name: "IX_AnalysisTypes_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "AnalysisTypes",
                columns: new[] { "BusinessId", "Name", "Id", "RetiredAt", "IsVisible" });

            migrationBuilder.CreateIndex(
                name: "IX_AnalysisCategories_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "AnalysisCategories",
                columns: new[] { "BusinessId", "Name", "Id", "RetiredAt", "IsVisible" });

            migrationBuilder.CreateIndex(
                name: "IX_Products_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "Products",
                columns: new[] { "BusinessId", "Name", "Id", "RetiredAt", "IsVisible" });

            migrationBuilder.CreateIndex(
                name: "IX_Products_BusinessId_SageId",
                table: "Products",
                columns: new[] { "BusinessId", "SageId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SagePaymentMethods_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "SagePaymentMethods",
                columns: new[] { "BusinessId", "Name", "Id", "RetiredAt", "IsVisible" });

            migrationBuilder.CreateIndex(
                name: "IX_SagePaymentMethods_BusinessId_SageId",
                table: "SagePaymentMethods",
                columns: new[] { "BusinessId", "SageId" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_PaymentMethods_BankAccounts_BankAccountId",
                table: "PaymentMethods",
                column: "BankAccountId",
                principalTable: "BankAccounts",
                principalColumn: "Id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "FK_PaymentMethods_BankAccounts_BankAccountId",
                table: "PaymentMethods");

            migrationBuilder.DropTable(
                name: "Products");

            migrationBuilder.DropTable(
                name: "SagePaymentMethods");

            migrationBuilder.DropIndex(
                name: "IX_TaxRates_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "TaxRates");

            migrationBuilder.DropIndex(
                name: "IX_Suppliers_BusinessId_Name_Id_RetiredAt_IsVisible_Reference_DisplayName",
                table: "Suppliers");

            migrationBuilder.DropIndex(
                name: "IX_Suppliers_BusinessId_Reference_Name_Id_RetiredAt_IsVisible",
                table: "Suppliers");

            migrationBuilder.DropIndex(
                name: "IX_PaymentMethods_BankAccountId",
                table: "PaymentMethods");

            migrationBuilder.DropIndex(
                name: "IX_Customers_BusinessId_Name_Id_RetiredAt_IsVisible_Reference_DisplayName",
                table: "Customers");

            migrationBuilder.DropIndex(
                name: "IX_Customers_BusinessId_Reference_Name_Id_RetiredAt_IsVisible",
                table: "Customers");

            migrationBuilder.DropIndex(
                name: "IX_Currencies_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "Currencies");

            migrationBuilder.DropIndex(
                name: "IX_Categories_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "Categories");

            migrationBuilder.DropIndex(
                name: "IX_BankAccounts_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "BankAccounts");

            migrationBuilder.DropIndex(
                name: "IX_AnalysisTypes_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "AnalysisTypes");

            migrationBuilder.DropIndex(
                name: "IX_AnalysisCategories_BusinessId_Name_Id_RetiredAt_IsVisible",
                table: "AnalysisCategories");

            migrationBuilder.DropColumn(
                name: "IsOwn",
                table: "TaxRates");

            migrationBuilder.DropColumn(
                name: "IsVisible",
                table: "TaxRates");

            migrationBuilder.DropColumn(
                name: "Periods",
                table: "TaxRates");

            migrationBuilder.DropColumn(
                name: "VisibilityChange",
                table: "TaxRates");

            migrationBuilder.DropColumn(
                name: "CreditTerms",
                table: "Suppliers");

            migrationBuilder.DropColumn(
                name: "IsOwn",
                table: "Suppliers");

            migrationBuilder.DropColumn(
                name: "IsVisible",
                table: "Suppliers");

            migrationBuilder.DropColumn(
                name: "VisibilityChange",
                table: "Suppliers");

            migrationBuilder.DropColumn(
                name: "BankAccountId",
                table: "PaymentMethods");

            migrationBuilder.DropColumn(
                name: "LastDigits",
                table: "PaymentMethods");

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
                name: "IsOwn",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "IsVisible",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "VisibilityChange",
                table: "Customers");

            migrationBuilder.DropColumn(
                name: "IsOwn",
                table: "Currencies");

            migrationBuilder.DropColumn(
                name: "IsVisible",
                table: "Currencies");

            migrationBuilder.DropColumn(
                name: "VisibilityChange",
                table: "Currencies");

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
                name: "IsOwn",
                table: "Categories");

            migrationBuilder.DropColumn(
                name: "IsVisible",
                table: "Categories");

            migrationBuilder.DropColumn(
                name: "VisibilityChange",
                table: "Categories");

            migrationBuilder.DropColumn(
                name: "IsOwn",
                table: "BankAccounts");

            migrationBuilder.DropColumn(
                name: "IsVisible",
                table: "BankAccounts");

            migrationBuilder.DropColumn(
                name: "VisibilityChange",
                table: "BankAccounts");

            migrationBuilder.DropColumn(
                name: "IsForLines",
                table: "AnalysisTypes");

            migrationBuilder.DropColumn(
                name: "IsOwn",
                table: "AnalysisTypes");

            migrationBuilder.DropColumn(
                name: "IsVisible",
                table: "AnalysisTypes");

            migrationBuilder.DropColumn(
                name: "VisibilityChange",
                table: "AnalysisTypes");

            migrationBuilder.DropColumn(
                name: "IsOwn",
                table: "AnalysisCategories");

            migrationBuilder.DropColumn(
                name: "IsVisible",
                table: "AnalysisCategories");

            migrationBuilder.DropColumn(
                name: "VisibilityChange",
                table: "AnalysisCategories");

            migrationBuilder.RenameColumn(
                name: "RemovedAt",
                table: "PaymentMethods",
                newName: "RetiredAt");

            migrationBuilder.RenameColumn(
                name: "CreatedAt",
                table: "PaymentMethods",
                newName: "SeenInRun");

            migrationBuilder.AlterColumn<string>(
                name: "Name",
                table: "PaymentMethods",
                type: "TEXT",
                nullable: false,
                collation: "NOCASE",
                oldClrType: typeof(string),
                oldType: "TEXT");

            migrationBuilder.AddColumn<string>(
                name: "DisplayName",
                table: "PaymentMethods",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Fingerprint",
                table: "PaymentMethods",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "SageId",
                table: "PaymentMethods",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateIndex(
                name: "IX_TaxRates_BusinessId_Name",
                table: "TaxRates",
                columns: new[] { "BusinessId", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_Suppliers_BusinessId_Name",
                table: "Suppliers",
                columns: new[] { "BusinessId", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_PaymentMethods_BusinessId_SageId",
                table: "PaymentMethods",
                columns: new[] { "BusinessId", "SageId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Customers_BusinessId_Name",
                table: "Customers",
                columns: new[] { "BusinessId", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_Currencies_BusinessId_Name",
                table: "Currencies",
                columns: new[] { "BusinessId", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_Categories_BusinessId_Name",
                table: "Categories",
                columns: new[] { "BusinessId", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_BankAccounts_BusinessId_Name",
                table: "BankAccounts",
                columns: new[] { "BusinessId", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_AnalysisTypes_BusinessId_Name",
                table: "AnalysisTypes",
                columns: new[] { "BusinessId", "Name" });

            migrationBuilder.CreateIndex(
                name: "IX_AnalysisCategories_BusinessId_Name",
                table: "AnalysisCategories",
                columns: new[] { "BusinessId", "Name" });
        }
    }
}
