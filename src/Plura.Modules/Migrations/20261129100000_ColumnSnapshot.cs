using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class ColumnSnapshot : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Only the database knows this column: the default and a trigger (contacts_changes.sql) keep it. The default is one value for the rows
            // that are there, so that the table is not written anew.
            migrationBuilder.Sql("alter table contacts.contact add column changed_in xid8 not null default pg_current_xact_id()");
            migrationBuilder.Sql("create index ix_contact_tenant_id_changed_in on contacts.contact (tenant_id, changed_in)");

            migrationBuilder.CreateTable(
                name: "contact_gone",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    gone_in = table.Column<ulong>(type: "xid8", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_gone", x => new { x.tenant_id, x.contact_id, x.gone_in });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "ix_contact_gone_tenant_id_gone_in",
                schema: "contacts",
                table: "contact_gone",
                columns: new[] { "tenant_id", "gone_in" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "contact_gone",
                schema: "contacts");
            migrationBuilder.Sql("drop trigger if exists note_gone on contacts.contact");
            migrationBuilder.Sql("drop trigger if exists note_change on contacts.contact");
            migrationBuilder.Sql("alter table contacts.contact drop column changed_in");
        }
    }
}
