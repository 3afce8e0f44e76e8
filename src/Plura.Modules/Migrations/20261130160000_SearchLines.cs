using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class SearchLines : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "search_line",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    search_text = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_line", x => new { x.tenant_id, x.contact_id });
                    table.ForeignKey(
                        name: "fk_search_line_contact_tenant_id_contact_id",
                        columns: x => new { x.tenant_id, x.contact_id },
                        principalSchema: "contacts",
                        principalTable: "contact",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            // The index of letters stands on the lines from now on (contacts.sql).
            migrationBuilder.Sql("insert into contacts.search_line (tenant_id, contact_id, search_text) select tenant_id, id, search_text from contacts.contact");
            migrationBuilder.Sql("drop index if exists contacts.contact_search");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "search_line",
                schema: "contacts");
        }
    }
}
