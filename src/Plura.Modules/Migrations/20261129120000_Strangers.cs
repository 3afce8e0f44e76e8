using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class Strangers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "stranger",
                schema: "messaging",
                columns: table => new
                {
                    message_id = table.Column<string>(type: "text", nullable: false),
                    found_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stranger", x => x.message_id);
                });

            migrationBuilder.CreateTable(
                name: "transport_look",
                schema: "messaging",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    compared = table.Column<long>(type: "bigint", nullable: false),
                    strangers = table.Column<int>(type: "integer", nullable: false),
                    @new = table.Column<int>(name: "new", type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_transport_look", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_stranger_found_at_message_id",
                schema: "messaging",
                table: "stranger",
                columns: new[] { "found_at", "message_id" });

            migrationBuilder.CreateIndex(
                name: "ix_transport_look_at",
                schema: "messaging",
                table: "transport_look",
                column: "at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "stranger",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "transport_look",
                schema: "messaging");
        }
    }
}
