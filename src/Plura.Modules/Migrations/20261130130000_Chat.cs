using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class Chat : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "handed_at",
                schema: "conversations",
                table: "message",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "mailed_with",
                schema: "conversations",
                table: "message",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "seen_at",
                schema: "conversations",
                table: "message",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "session_id",
                schema: "conversations",
                table: "message",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "chat_door",
                schema: "conversations",
                columns: table => new
                {
                    key = table.Column<string>(type: "text", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_door", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "chat_session",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<string>(type: "text", nullable: false),
                    website = table.Column<string>(type: "text", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    begun_in = table.Column<Guid>(type: "uuid", nullable: true),
                    answer_point_id = table.Column<Guid>(type: "uuid", nullable: true),
                    begun_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    here_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    left_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_session", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_chat_session_conversation_tenant_id_conversation_id",
                        columns: x => new { x.tenant_id, x.conversation_id },
                        principalSchema: "conversations",
                        principalTable: "conversation",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "chat_setting",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    on = table.Column<bool>(type: "boolean", nullable: false),
                    greeting = table.Column<string>(type: "text", nullable: false),
                    websites = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_setting", x => x.tenant_id);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "message_chat",
                schema: "conversations",
                table: "message",
                columns: new[] { "tenant_id", "session_id", "handed_at" },
                filter: "session_id is not null");

            migrationBuilder.CreateIndex(
                name: "chat_session_begun_in",
                schema: "conversations",
                table: "chat_session",
                columns: new[] { "tenant_id", "begun_in" },
                filter: "begun_in is not null");

            migrationBuilder.CreateIndex(
                name: "chat_session_conversation",
                schema: "conversations",
                table: "chat_session",
                columns: new[] { "tenant_id", "conversation_id" });

            migrationBuilder.CreateIndex(
                name: "chat_session_token",
                schema: "conversations",
                table: "chat_session",
                columns: new[] { "tenant_id", "token_hash" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "chat_door",
                schema: "conversations");

            migrationBuilder.DropTable(
                name: "chat_session",
                schema: "conversations");

            migrationBuilder.DropTable(
                name: "chat_setting",
                schema: "conversations");

            migrationBuilder.DropIndex(
                name: "message_chat",
                schema: "conversations",
                table: "message");

            migrationBuilder.DropColumn(
                name: "handed_at",
                schema: "conversations",
                table: "message");

            migrationBuilder.DropColumn(
                name: "mailed_with",
                schema: "conversations",
                table: "message");

            migrationBuilder.DropColumn(
                name: "seen_at",
                schema: "conversations",
                table: "message");

            migrationBuilder.DropColumn(
                name: "session_id",
                schema: "conversations",
                table: "message");
        }
    }
}
