using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Plura.Platform;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PluraDb))]
    [Migration("20261130200000_NumbersOfTexts")]
    public partial class NumbersOfTexts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "meant",
                schema: "messaging",
                table: "stop_review",
                type: "boolean",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "number_pace",
                schema: "messaging",
                columns: table => new
                {
                    number = table.Column<string>(type: "text", nullable: false),
                    urgent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    sent = table.Column<int>(type: "integer", nullable: false),
                    days = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_number_pace", x => x.number);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "number_stop",
                schema: "messaging",
                columns: table => new
                {
                    number = table.Column<string>(type: "text", nullable: false),
                    reader_key = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    provider_id = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_number_stop", x => new { x.number, x.reader_key });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "meant",
                schema: "messaging",
                table: "stop_review");

            migrationBuilder.DropTable(
                name: "number_pace",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "number_stop",
                schema: "messaging");
        }
    }
}
