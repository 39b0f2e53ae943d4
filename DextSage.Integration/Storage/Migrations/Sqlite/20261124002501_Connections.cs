using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DextSage.Integration.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Connections : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "LeaseUntil",
                table: "Grants",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "RenewalFailsSince",
                table: "Grants",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AutoRefreshHour",
                table: "Connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "CheckedAt",
                table: "Connections",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LastCallAt",
                table: "Connections",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Trouble",
                table: "Connections",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TroubleSince",
                table: "Connections",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ConnectionSettings",
                columns: table => new
                {
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    CostsDestination = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SalesDestination = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    UseTaxList = table.Column<bool>(type: "INTEGER", nullable: false),
                    CostsTaxRateId = table.Column<Guid>(type: "TEXT", nullable: true),
                    SalesTaxRateId = table.Column<Guid>(type: "TEXT", nullable: true),
                    TaxSource = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    TaxTolerance = table.Column<long>(type: "INTEGER", nullable: false),
                    ClassTypeId = table.Column<Guid>(type: "TEXT", nullable: true),
                    LocationTypeId = table.Column<Guid>(type: "TEXT", nullable: true),
                    NewSuppliers = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConnectionSettings", x => x.BusinessId);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConnectionSettings");

            migrationBuilder.DropColumn(
                name: "LeaseUntil",
                table: "Grants");

            migrationBuilder.DropColumn(
                name: "RenewalFailsSince",
                table: "Grants");

            migrationBuilder.DropColumn(
                name: "AutoRefreshHour",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "CheckedAt",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "LastCallAt",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "Trouble",
                table: "Connections");

            migrationBuilder.DropColumn(
                name: "TroubleSince",
                table: "Connections");
        }
    }
}
