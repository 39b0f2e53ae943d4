using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DextSage.Integration.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class SharedSupplierIds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PublicationSteps_IdempotencyId",
                table: "PublicationSteps");

            migrationBuilder.CreateIndex(
                name: "IX_PublicationSteps_IdempotencyId",
                table: "PublicationSteps",
                column: "IdempotencyId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PublicationSteps_IdempotencyId",
                table: "PublicationSteps");

            migrationBuilder.CreateIndex(
                name: "IX_PublicationSteps_IdempotencyId",
                table: "PublicationSteps",
                column: "IdempotencyId",
                unique: true);
        }
    }
}
