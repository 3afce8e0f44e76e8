using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class BulkBatches : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
        }
    }
}
