using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class Conversations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "conversations");

            migrationBuilder.CreateTable(
                name: "conversation",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    snoozed_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    assignee_id = table.Column<Guid>(type: "uuid", nullable: true),
                    starred = table.Column<bool>(type: "boolean", nullable: false),
                    unread = table.Column<bool>(type: "boolean", nullable: false),
                    last_message_id = table.Column<Guid>(type: "uuid", nullable: true),
                    last_message_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_inbound_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    contact_gone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "message",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    direction = table.Column<string>(type: "text", nullable: false),
                    channel = table.Column<string>(type: "text", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: true),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    taken_back_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_message", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_message_conversation_tenant_id_conversation_id",
                        columns: x => new { x.tenant_id, x.conversation_id },
                        principalSchema: "conversations",
                        principalTable: "conversation",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "conversation_assigned",
                schema: "conversations",
                table: "conversation",
                columns: new[] { "tenant_id", "assignee_id", "last_message_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "state = 'open' and contact_gone_at is null");

            migrationBuilder.CreateIndex(
                name: "conversation_list",
                schema: "conversations",
                table: "conversation",
                columns: new[] { "tenant_id", "state", "last_message_at", "id" },
                descending: new[] { false, false, true, true },
                filter: "contact_gone_at is null");

            migrationBuilder.CreateIndex(
                name: "conversation_of_contact",
                schema: "conversations",
                table: "conversation",
                columns: new[] { "tenant_id", "contact_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "conversation_open_once",
                schema: "conversations",
                table: "conversation",
                columns: new[] { "tenant_id", "contact_id" },
                unique: true,
                filter: "state <> 'closed'");

            migrationBuilder.CreateIndex(
                name: "conversation_starred",
                schema: "conversations",
                table: "conversation",
                columns: new[] { "tenant_id", "last_message_at", "id" },
                descending: new[] { false, true, true },
                filter: "starred and contact_gone_at is null");

            migrationBuilder.CreateIndex(
                name: "message_once",
                schema: "conversations",
                table: "message",
                columns: new[] { "tenant_id", "external_id" },
                unique: true,
                filter: "external_id is not null");

            migrationBuilder.CreateIndex(
                name: "message_thread",
                schema: "conversations",
                table: "message",
                columns: new[] { "tenant_id", "conversation_id", "occurred_at", "id" },
                descending: new[] { false, false, true, true });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "message",
                schema: "conversations");

            migrationBuilder.DropTable(
                name: "conversation",
                schema: "conversations");
        }
    }
}
