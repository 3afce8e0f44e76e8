using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class UnclearLetters : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "send_unclear",
                schema: "messaging",
                table: "send",
                columns: new[] { "tenant_id", "finished_at", "id" },
                filter: "state = 'unknown'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "send_unclear",
                schema: "messaging",
                table: "send");
        }
    }
}
