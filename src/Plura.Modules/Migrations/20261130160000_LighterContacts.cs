using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class LighterContacts : Migration
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

            migrationBuilder.CreateTable(
                name: "bulk_batch",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bulk_action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    contacts = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    changed = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    before = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bulk_batch", x => new { x.tenant_id, x.bulk_action_id, x.number });
                    table.ForeignKey(
                        name: "fk_bulk_batch_bulk_action_tenant_id_bulk_action_id",
                        columns: x => new { x.tenant_id, x.bulk_action_id },
                        principalSchema: "contacts",
                        principalTable: "bulk_action",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            // What could be taken back can be taken back, and what waits goes on.
            migrationBuilder.Sql(
                """
                insert into contacts.bulk_batch (tenant_id, bulk_action_id, number, state, contacts, changed, before)
                select tenant_id, bulk_action_id, (row_number() over (partition by tenant_id, bulk_action_id order by done, n) - 1)::int, done,
                    array_agg(contact_id order by contact_id),
                    coalesce(array_agg(contact_id order by contact_id) filter (where state in (1, 3, 4)), '{}'),
                    coalesce(array_agg(before order by contact_id) filter (where state in (1, 3, 4)), '{}')
                from (
                    select r.*, (row_number() over (partition by tenant_id, bulk_action_id, done order by contact_id) - 1) / 500 as n
                    from (select *, (case when state = 0 then 0 when state in (1, 2) then 1 else 2 end)::smallint as done from contacts.bulk_row) r) r
                group by tenant_id, bulk_action_id, done, n
                """);

            migrationBuilder.DropTable(
                name: "bulk_row",
                schema: "contacts");

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

            migrationBuilder.DropTable(
                name: "bulk_batch",
                schema: "contacts");

            migrationBuilder.CreateTable(
                name: "bulk_row",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bulk_action_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    before = table.Column<string>(type: "text", nullable: true),
                    state = table.Column<short>(type: "smallint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bulk_row", x => new { x.tenant_id, x.bulk_action_id, x.contact_id });
                    table.ForeignKey(
                        name: "fk_bulk_row_bulk_action_tenant_id_bulk_action_id",
                        columns: x => new { x.tenant_id, x.bulk_action_id },
                        principalSchema: "contacts",
                        principalTable: "bulk_action",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.DropTable(
                name: "search_line",
                schema: "contacts");
        }
    }
}
