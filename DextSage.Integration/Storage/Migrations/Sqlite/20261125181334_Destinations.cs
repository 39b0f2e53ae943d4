using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DextSage.Integration.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Destinations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsPaid",
                table: "Items",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "PaidAmount",
                table: "Items",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "PaidOn",
                table: "Items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "PaymentMethodId",
                table: "Items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PaymentMethodName",
                table: "Items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "PublishTo",
                table: "Items",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "ReverseCharge",
                table: "Items",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "SagePaymentId",
                table: "Items",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "MultiCurrency",
                table: "Connections",
                type: "INTEGER",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "IsPaid",
                table: "Items");

            migrationBuilder.DropColumn(
                name: "PaidAmount",
                table: "Items");

            migrationBuilder.DropColumn(
                name: "PaidOn",
                table: "Items");

            migrationBuilder.DropColumn(
                name: "PaymentMethodId",
                table: "Items");

            migrationBuilder.DropColumn(
                name: "PaymentMethodName",
                table: "Items");

            migrationBuilder.DropColumn(
                name: "PublishTo",
                table: "Items");

            migrationBuilder.DropColumn(
                name: "ReverseCharge",
                table: "Items");

            migrationBuilder.DropColumn(
                name: "SagePaymentId",
                table: "Items");

            migrationBuilder.DropColumn(
                name: "MultiCurrency",
                table: "Connections");
        }
    }
}
