using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Plura.Platform;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PluraDb))]
    [Migration("20261130200500_InboxMends")]
    public partial class InboxMends : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "subject",
                schema: "conversations",
                table: "snippet",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "snippet_file",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    snippet_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    stored_as = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_snippet_file", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_snippet_file_snippet_tenant_id_snippet_id",
                        columns: x => new { x.tenant_id, x.snippet_id },
                        principalSchema: "conversations",
                        principalTable: "snippet",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "snippet_file_of_snippet",
                schema: "conversations",
                table: "snippet_file",
                columns: new[] { "tenant_id", "snippet_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "snippet_file",
                schema: "conversations");

            migrationBuilder.DropColumn(
                name: "subject",
                schema: "conversations",
                table: "snippet");
        }
    }
}
