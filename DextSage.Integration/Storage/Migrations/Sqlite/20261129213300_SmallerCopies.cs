using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DextSage.Integration.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SmallerCopies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Copy_ContentType",
                table: "Documents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Copy_Length",
                table: "Documents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Copy_LongSide",
                table: "Documents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Copy_Quality",
                table: "Documents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Copy_Sha256",
                table: "Documents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ShrinkTries",
                table: "Documents",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "Shrinking",
                table: "Documents",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Documents_Copy_Sha256",
                table: "Documents",
                column: "Copy_Sha256");

            migrationBuilder.CreateIndex(
                name: "IX_Documents_TooLarge",
                table: "Documents",
                column: "BusinessId",
                filter: "\"Length\" > 2621440 AND \"Shrinking\" IS NULL AND \"LeftAt\" IS NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Documents_Copy_Sha256",
                table: "Documents");

            migrationBuilder.DropIndex(
                name: "IX_Documents_TooLarge",
                table: "Documents");

            migrationBuilder.DropColumn(
                name: "Copy_ContentType",
                table: "Documents");

            migrationBuilder.DropColumn(
                name: "Copy_Length",
                table: "Documents");

            migrationBuilder.DropColumn(
                name: "Copy_LongSide",
                table: "Documents");

            migrationBuilder.DropColumn(
                name: "Copy_Quality",
                table: "Documents");

            migrationBuilder.DropColumn(
                name: "Copy_Sha256",
                table: "Documents");

            migrationBuilder.DropColumn(
                name: "ShrinkTries",
                table: "Documents");

            migrationBuilder.DropColumn(
                name: "Shrinking",
                table: "Documents");
        }
    }
}
