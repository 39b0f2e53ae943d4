using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DextSage.Integration.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class DuplicateCheck : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Duplicates",
                table: "ConnectionSettings",
                type: "TEXT",
                maxLength: 40,
                nullable: false,
                defaultValue: "Review");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Duplicates",
                table: "ConnectionSettings");
        }
    }
}
