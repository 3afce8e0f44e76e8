using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class Duplicates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "duplicate",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_id = table.Column<Guid>(type: "uuid", nullable: false),
                    second_id = table.Column<Guid>(type: "uuid", nullable: false),
                    group_id = table.Column<Guid>(type: "uuid", nullable: false),
                    by_email = table.Column<bool>(type: "boolean", nullable: false),
                    by_phone = table.Column<bool>(type: "boolean", nullable: false),
                    by_name = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duplicate", x => new { x.tenant_id, x.first_id, x.second_id });
                    table.ForeignKey(
                        name: "fk_duplicate_contact_tenant_id_first_id",
                        columns: x => new { x.tenant_id, x.first_id },
                        principalSchema: "contacts",
                        principalTable: "contact",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_duplicate_contact_tenant_id_second_id",
                        columns: x => new { x.tenant_id, x.second_id },
                        principalSchema: "contacts",
                        principalTable: "contact",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "duplicate_search",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    groups = table.Column<int>(type: "integer", nullable: false),
                    failure = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duplicate_search", x => x.tenant_id);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "merge",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    winner_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loser_id = table.Column<Guid>(type: "uuid", nullable: false),
                    loser_name = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    loser = table.Column<string>(type: "jsonb", nullable: true),
                    winner = table.Column<string>(type: "jsonb", nullable: true),
                    after = table.Column<string>(type: "jsonb", nullable: true),
                    moved = table.Column<string>(type: "jsonb", nullable: true),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    undone_by = table.Column<string>(type: "text", nullable: true),
                    undone_by_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_merge", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "not_same",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_id = table.Column<Guid>(type: "uuid", nullable: false),
                    second_id = table.Column<Guid>(type: "uuid", nullable: false),
                    said_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_not_same", x => new { x.tenant_id, x.first_id, x.second_id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "ix_duplicate_tenant_id_group_id",
                schema: "contacts",
                table: "duplicate",
                columns: new[] { "tenant_id", "group_id" });

            migrationBuilder.CreateIndex(
                name: "ix_duplicate_tenant_id_second_id",
                schema: "contacts",
                table: "duplicate",
                columns: new[] { "tenant_id", "second_id" });

            migrationBuilder.CreateIndex(
                name: "ix_merge_tenant_id_at_id",
                schema: "contacts",
                table: "merge",
                columns: new[] { "tenant_id", "at", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_merge_tenant_id_loser_id",
                schema: "contacts",
                table: "merge",
                columns: new[] { "tenant_id", "loser_id" },
                unique: true,
                filter: "undone_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_merge_tenant_id_winner_id",
                schema: "contacts",
                table: "merge",
                columns: new[] { "tenant_id", "winner_id" });

            migrationBuilder.CreateIndex(
                name: "ix_not_same_tenant_id_said_id",
                schema: "contacts",
                table: "not_same",
                columns: new[] { "tenant_id", "said_id" });

            migrationBuilder.CreateIndex(
                name: "ix_not_same_tenant_id_second_id",
                schema: "contacts",
                table: "not_same",
                columns: new[] { "tenant_id", "second_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "duplicate",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "duplicate_search",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "merge",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "not_same",
                schema: "contacts");
        }
    }
}
