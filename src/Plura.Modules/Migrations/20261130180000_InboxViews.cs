using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class InboxViews : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "joined_into",
                schema: "conversations",
                table: "conversation",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "conversation_merge",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    other_id = table.Column<Guid>(type: "uuid", nullable: false),
                    messages = table.Column<List<Guid>>(type: "uuid[]", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_merge", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_conversation_merge_into",
                        columns: x => new { x.tenant_id, x.conversation_id },
                        principalSchema: "conversations",
                        principalTable: "conversation",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_conversation_merge_other",
                        columns: x => new { x.tenant_id, x.other_id },
                        principalSchema: "conversations",
                        principalTable: "conversation",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "inbox_view",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    normal = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "text", nullable: true),
                    assignee = table.Column<string>(type: "text", nullable: true),
                    channel = table.Column<string>(type: "text", nullable: true),
                    unread = table.Column<bool>(type: "boolean", nullable: false),
                    starred = table.Column<bool>(type: "boolean", nullable: false),
                    overdue = table.Column<bool>(type: "boolean", nullable: false),
                    kept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_view", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "conversation_unread",
                schema: "conversations",
                table: "conversation",
                columns: new[] { "tenant_id", "last_message_at", "id" },
                descending: new[] { false, true, true },
                filter: "unread and contact_gone_at is null");

            migrationBuilder.CreateIndex(
                name: "conversation_merge_into",
                schema: "conversations",
                table: "conversation_merge",
                columns: new[] { "tenant_id", "conversation_id" });

            migrationBuilder.CreateIndex(
                name: "conversation_merge_other",
                schema: "conversations",
                table: "conversation_merge",
                columns: new[] { "tenant_id", "other_id" });

            migrationBuilder.CreateIndex(
                name: "inbox_view_name",
                schema: "conversations",
                table: "inbox_view",
                columns: new[] { "tenant_id", "owner_id", "normal" },
                unique: true,
                filter: "deleted_at is null")
                .Annotation("Npgsql:NullsDistinct", false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "conversation_merge",
                schema: "conversations");

            migrationBuilder.DropTable(
                name: "inbox_view",
                schema: "conversations");

            migrationBuilder.DropIndex(
                name: "conversation_unread",
                schema: "conversations",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "joined_into",
                schema: "conversations",
                table: "conversation");
        }
    }
}
