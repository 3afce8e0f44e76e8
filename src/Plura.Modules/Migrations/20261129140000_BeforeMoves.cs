using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class BeforeMoves : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "before",
                schema: "opportunities",
                table: "opportunity",
                type: "jsonb",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_opportunity_tenant_id_deleted_at_id",
                schema: "opportunities",
                table: "opportunity",
                columns: new[] { "tenant_id", "deleted_at", "id" },
                descending: new[] { false, true, true },
                filter: "deleted_at is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_opportunity_tenant_id_deleted_at_id",
                schema: "opportunities",
                table: "opportunity");

            migrationBuilder.DropColumn(
                name: "before",
                schema: "opportunities",
                table: "opportunity");
        }
    }
}
