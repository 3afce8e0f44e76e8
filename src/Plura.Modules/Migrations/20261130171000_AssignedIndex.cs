using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class AssignedIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_contact_tenant_id_assignee_id_created_at_id",
                schema: "contacts",
                table: "contact");

            migrationBuilder.CreateIndex(
                name: "ix_contact_tenant_id_assignee_id_created_at_id",
                schema: "contacts",
                table: "contact",
                columns: new[] { "tenant_id", "assignee_id", "created_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "assignee_id is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_contact_tenant_id_assignee_id_created_at_id",
                schema: "contacts",
                table: "contact");

            migrationBuilder.CreateIndex(
                name: "ix_contact_tenant_id_assignee_id_created_at_id",
                schema: "contacts",
                table: "contact",
                columns: new[] { "tenant_id", "assignee_id", "created_at", "id" },
                descending: new[] { false, false, true, true });
        }
    }
}
