using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class NotesAndTasks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "user_id",
                schema: "accounts",
                table: "notice",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "note",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    pinned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    edited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    edited_by = table.Column<string>(type: "text", nullable: true),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    removed_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_note", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "task",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    details = table.Column<string>(type: "text", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    assignee_id = table.Column<Guid>(type: "uuid", nullable: true),
                    due_day = table.Column<DateOnly>(type: "date", nullable: true),
                    due_time = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    zone = table.Column<string>(type: "text", nullable: false),
                    due_by = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    repeat = table.Column<string>(type: "text", nullable: false),
                    first_day = table.Column<DateOnly>(type: "date", nullable: true),
                    remind = table.Column<DateTime>(type: "timestamp without time zone", nullable: true),
                    remind_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "text", nullable: false),
                    created_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done_by = table.Column<string>(type: "text", nullable: true),
                    next_id = table.Column<Guid>(type: "uuid", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    removed_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_task", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "attachment",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    note_id = table.Column<Guid>(type: "uuid", nullable: true),
                    file_name = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    stored_as = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    removed_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attachment", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_attachment_note_tenant_id_note_id",
                        columns: x => new { x.tenant_id, x.note_id },
                        principalSchema: "contacts",
                        principalTable: "note",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "note_version",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    note_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_note_version", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_note_version_note_tenant_id_note_id",
                        columns: x => new { x.tenant_id, x.note_id },
                        principalSchema: "contacts",
                        principalTable: "note",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "ix_attachment_tenant_id_contact_id_at_id",
                schema: "contacts",
                table: "attachment",
                columns: new[] { "tenant_id", "contact_id", "at", "id" },
                descending: new[] { false, false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_attachment_tenant_id_note_id",
                schema: "contacts",
                table: "attachment",
                columns: new[] { "tenant_id", "note_id" });

            migrationBuilder.CreateIndex(
                name: "ix_note_tenant_id_contact_id_at_id",
                schema: "contacts",
                table: "note",
                columns: new[] { "tenant_id", "contact_id", "at", "id" },
                descending: new[] { false, false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_note_version_tenant_id_note_id_until",
                schema: "contacts",
                table: "note_version",
                columns: new[] { "tenant_id", "note_id", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_task_tenant_id_assignee_id_due_by_id",
                schema: "contacts",
                table: "task",
                columns: new[] { "tenant_id", "assignee_id", "due_by", "id" },
                filter: "done_at is null and removed_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_task_tenant_id_contact_id_created_at_id",
                schema: "contacts",
                table: "task",
                columns: new[] { "tenant_id", "contact_id", "created_at", "id" },
                descending: new[] { false, false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_task_tenant_id_contact_id_done_at_id",
                schema: "contacts",
                table: "task",
                columns: new[] { "tenant_id", "contact_id", "done_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "done_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_task_tenant_id_done_at_id",
                schema: "contacts",
                table: "task",
                columns: new[] { "tenant_id", "done_at", "id" },
                descending: new[] { false, true, true },
                filter: "done_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_task_tenant_id_due_by_id",
                schema: "contacts",
                table: "task",
                columns: new[] { "tenant_id", "due_by", "id" },
                filter: "done_at is null and removed_at is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "attachment",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "note_version",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "task",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "note",
                schema: "contacts");

            migrationBuilder.DropColumn(
                name: "user_id",
                schema: "accounts",
                table: "notice");
        }
    }
}
