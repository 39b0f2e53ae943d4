using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DextSage.Integration.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Withdrawals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Answer",
                table: "PublicationSteps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AnswerStatus",
                table: "PublicationSteps",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Request",
                table: "PublicationSteps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "StartedAt",
                table: "PublicationSteps",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "OrganisationId",
                table: "Publications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Purpose",
                table: "Publications",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "Publish");

            migrationBuilder.AddColumn<string>(
                name: "SageNumber",
                table: "Publications",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SageUrl",
                table: "Publications",
                type: "TEXT",
                nullable: true);

            // What was published before is withdrawn from where it went. Where its contact is no longer on the lists, the connection may have moved since: then it is not known.
            migrationBuilder.Sql("""
                UPDATE "Publications" SET
                  "SageNumber" = (SELECT i."SageNumber" FROM "Items" i WHERE i."Id" = "Publications"."ItemId"),
                  "SageUrl" = (SELECT i."SageUrl" FROM "Items" i WHERE i."Id" = "Publications"."ItemId"),
                  "OrganisationId" = (
                    SELECT c."OrganisationId" FROM "Connections" c, "Items" i
                    WHERE c."BusinessId" = "Publications"."BusinessId" AND i."Id" = "Publications"."ItemId" AND (
                      EXISTS (SELECT 1 FROM "Suppliers" s WHERE i."Workspace" = 'Costs' AND s."Id" = i."SupplierId" AND s."RetiredAt" IS NULL)
                      OR EXISTS (SELECT 1 FROM "Customers" k WHERE i."Workspace" = 'Sales' AND k."Id" = i."CustomerId" AND k."RetiredAt" IS NULL)))
                WHERE "Status" = 'Published';
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Answer",
                table: "PublicationSteps");

            migrationBuilder.DropColumn(
                name: "AnswerStatus",
                table: "PublicationSteps");

            migrationBuilder.DropColumn(
                name: "Request",
                table: "PublicationSteps");

            migrationBuilder.DropColumn(
                name: "StartedAt",
                table: "PublicationSteps");

            migrationBuilder.DropColumn(
                name: "OrganisationId",
                table: "Publications");

            migrationBuilder.DropColumn(
                name: "Purpose",
                table: "Publications");

            migrationBuilder.DropColumn(
                name: "SageNumber",
                table: "Publications");

            migrationBuilder.DropColumn(
                name: "SageUrl",
                table: "Publications");
        }
    }
}
