using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace DextSage.Integration.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class RefreshEngine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "SeenInRun",
                table: "TaxRates",
                newName: "ChangedAt");

            migrationBuilder.RenameColumn(
                name: "SeenInRun",
                table: "Suppliers",
                newName: "ChangedAt");

            migrationBuilder.RenameColumn(
                name: "SeenInRun",
                table: "PaymentMethods",
                newName: "ChangedAt");

            migrationBuilder.RenameColumn(
                name: "SeenInRun",
                table: "Customers",
                newName: "ChangedAt");

            migrationBuilder.RenameColumn(
                name: "SeenInRun",
                table: "Currencies",
                newName: "ChangedAt");

            migrationBuilder.RenameColumn(
                name: "SeenInRun",
                table: "Categories",
                newName: "ChangedAt");

            migrationBuilder.RenameColumn(
                name: "SeenInRun",
                table: "BankAccounts",
                newName: "ChangedAt");

            migrationBuilder.RenameColumn(
                name: "SeenInRun",
                table: "AnalysisTypes",
                newName: "ChangedAt");

            migrationBuilder.RenameColumn(
                name: "SeenInRun",
                table: "AnalysisCategories",
                newName: "ChangedAt");

            migrationBuilder.AddColumn<long>(
                name: "Bytes",
                table: "RefreshRuns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<Guid>(
                name: "CancelAskedById",
                table: "RefreshRuns",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsFull",
                table: "RefreshRuns",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "ReloadOf",
                table: "RefreshRuns",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Requests",
                table: "RefreshRuns",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "WaitingBecause",
                table: "RefreshRuns",
                type: "TEXT",
                maxLength: 40,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "WaitingSince",
                table: "RefreshRuns",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "WaitingUntil",
                table: "RefreshRuns",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsFirstFill",
                table: "RefreshRunLists",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "MayRetireMany",
                table: "RefreshRunLists",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "Missing",
                table: "RefreshRunLists",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "ReadFrom",
                table: "RefreshRunLists",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Renamed",
                table: "RefreshRunLists",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "Returned",
                table: "RefreshRunLists",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "Since",
                table: "RefreshRunLists",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AutoRefreshHour",
                table: "Connections",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "ListChanges",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    RunId = table.Column<Guid>(type: "TEXT", nullable: false),
                    List = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    SageId = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Before = table.Column<string>(type: "TEXT", nullable: true),
                    After = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ListChanges", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ListChanges_RefreshRuns_RunId",
                        column: x => x.RunId,
                        principalTable: "RefreshRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ListStates",
                columns: table => new
                {
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    List = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OrganisationId = table.Column<string>(type: "TEXT", nullable: false),
                    KnownUpTo = table.Column<DateTime>(type: "TEXT", nullable: true),
                    ComparedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ListStates", x => new { x.BusinessId, x.List });
                });

            migrationBuilder.CreateTable(
                name: "RefreshPages",
                columns: table => new
                {
                    RunId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Question = table.Column<string>(type: "TEXT", nullable: false),
                    FirstRow = table.Column<int>(type: "INTEGER", nullable: false),
                    BusinessId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Size = table.Column<int>(type: "INTEGER", nullable: false),
                    Total = table.Column<int>(type: "INTEGER", nullable: true),
                    Keys = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RefreshPages", x => new { x.RunId, x.Question, x.FirstRow });
                    table.ForeignKey(
                        name: "FK_RefreshPages_RefreshRuns_RunId",
                        column: x => x.RunId,
                        principalTable: "RefreshRuns",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ListChanges_RunId_List_Id",
                table: "ListChanges",
                columns: new[] { "RunId", "List", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ListChanges");

            migrationBuilder.DropTable(
                name: "ListStates");

            migrationBuilder.DropTable(
                name: "RefreshPages");

            migrationBuilder.DropColumn(
                name: "Bytes",
                table: "RefreshRuns");

            migrationBuilder.DropColumn(
                name: "CancelAskedById",
                table: "RefreshRuns");

            migrationBuilder.DropColumn(
                name: "IsFull",
                table: "RefreshRuns");

            migrationBuilder.DropColumn(
                name: "ReloadOf",
                table: "RefreshRuns");

            migrationBuilder.DropColumn(
                name: "Requests",
                table: "RefreshRuns");

            migrationBuilder.DropColumn(
                name: "WaitingBecause",
                table: "RefreshRuns");

            migrationBuilder.DropColumn(
                name: "WaitingSince",
                table: "RefreshRuns");

            migrationBuilder.DropColumn(
                name: "WaitingUntil",
                table: "RefreshRuns");

            migrationBuilder.DropColumn(
                name: "IsFirstFill",
                table: "RefreshRunLists");

            migrationBuilder.DropColumn(
                name: "MayRetireMany",
                table: "RefreshRunLists");

            migrationBuilder.DropColumn(
                name: "Missing",
                table: "RefreshRunLists");

            migrationBuilder.DropColumn(
                name: "ReadFrom",
                table: "RefreshRunLists");

            migrationBuilder.DropColumn(
                name: "Renamed",
                table: "RefreshRunLists");

            migrationBuilder.DropColumn(
                name: "Returned",
                table: "RefreshRunLists");

            migrationBuilder.DropColumn(
                name: "Since",
                table: "RefreshRunLists");

            migrationBuilder.DropColumn(
                name: "AutoRefreshHour",
                table: "Connections");

            migrationBuilder.RenameColumn(
                name: "ChangedAt",
                table: "TaxRates",
                newName: "SeenInRun");

            migrationBuilder.RenameColumn(
                name: "ChangedAt",
                table: "Suppliers",
                newName: "SeenInRun");

            migrationBuilder.RenameColumn(
                name: "ChangedAt",
                table: "PaymentMethods",
                newName: "SeenInRun");

            migrationBuilder.RenameColumn(
                name: "ChangedAt",
                table: "Customers",
                newName: "SeenInRun");

            migrationBuilder.RenameColumn(
                name: "ChangedAt",
                table: "Currencies",
                newName: "SeenInRun");

            migrationBuilder.RenameColumn(
                name: "ChangedAt",
                table: "Categories",
                newName: "SeenInRun");

            migrationBuilder.RenameColumn(
                name: "ChangedAt",
                table: "BankAccounts",
                newName: "SeenInRun");

            migrationBuilder.RenameColumn(
                name: "ChangedAt",
                table: "AnalysisTypes",
                newName: "SeenInRun");

            migrationBuilder.RenameColumn(
                name: "ChangedAt",
                table: "AnalysisCategories",
                newName: "SeenInRun");
        }
    }
}
