using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DextSage.Integration.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class OriginalFiles : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Original_ContentType",
                table: "Documents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Original_FileName",
                table: "Documents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Original_Length",
                table: "Documents",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Original_Sha256",
                table: "Documents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Documents_Original_Sha256",
                table: "Documents",
                column: "Original_Sha256");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Documents_Original_Sha256",
                table: "Documents");

            migrationBuilder.DropColumn(
                name: "Original_ContentType",
                table: "Documents");

            migrationBuilder.DropColumn(
                name: "Original_FileName",
                table: "Documents");

            migrationBuilder.DropColumn(
                name: "Original_Length",
                table: "Documents");

            migrationBuilder.DropColumn(
                name: "Original_Sha256",
                table: "Documents");
        }
    }
}
