using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class Desk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "leaves_at",
                schema: "conversations",
                table: "message",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "away_at",
                schema: "conversations",
                table: "conversation",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "due_at",
                schema: "conversations",
                table: "conversation",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "draft",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    begun_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    kept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draft", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_draft_conversation_tenant_id_conversation_id",
                        columns: x => new { x.tenant_id, x.conversation_id },
                        principalSchema: "conversations",
                        principalTable: "conversation",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "inbox_setting",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    give = table.Column<string>(type: "text", nullable: false),
                    people = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    last_given = table.Column<Guid>(type: "uuid", nullable: true),
                    hours = table.Column<string>(type: "text", nullable: true),
                    away = table.Column<string>(type: "text", nullable: true),
                    answer_within = table.Column<int>(type: "integer", nullable: true),
                    ask = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inbox_setting", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "mention",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mention", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_mention_message_tenant_id_message_id",
                        columns: x => new { x.tenant_id, x.message_id },
                        principalSchema: "conversations",
                        principalTable: "message",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "message_file",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    place = table.Column<int>(type: "integer", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    stored_as = table.Column<string>(type: "text", nullable: true),
                    refused = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_file", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_message_file_message_tenant_id_message_id",
                        columns: x => new { x.tenant_id, x.message_id },
                        principalSchema: "conversations",
                        principalTable: "message",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "presence",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    typing = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_presence", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_presence_conversation_tenant_id_conversation_id",
                        columns: x => new { x.tenant_id, x.conversation_id },
                        principalSchema: "conversations",
                        principalTable: "conversation",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "rating",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    score = table.Column<int>(type: "integer", nullable: true),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rating", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_rating_conversation_tenant_id_conversation_id",
                        columns: x => new { x.tenant_id, x.conversation_id },
                        principalSchema: "conversations",
                        principalTable: "conversation",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "snippet",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    normal = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    tags = table.Column<string>(type: "text", nullable: false),
                    assign = table.Column<string>(type: "text", nullable: true),
                    then = table.Column<string>(type: "text", nullable: true),
                    kept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_snippet", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "conversation_due",
                schema: "conversations",
                table: "conversation",
                columns: new[] { "tenant_id", "due_at" },
                filter: "due_at is not null and contact_gone_at is null");

            migrationBuilder.CreateIndex(
                name: "draft_of_user",
                schema: "conversations",
                table: "draft",
                columns: new[] { "tenant_id", "conversation_id", "user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "inbox_setting_once",
                schema: "conversations",
                table: "inbox_setting",
                column: "tenant_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "mention_of_user",
                schema: "conversations",
                table: "mention",
                columns: new[] { "tenant_id", "user_id", "conversation_id" });

            migrationBuilder.CreateIndex(
                name: "mention_once",
                schema: "conversations",
                table: "mention",
                columns: new[] { "tenant_id", "message_id", "user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "message_file_place",
                schema: "conversations",
                table: "message_file",
                columns: new[] { "tenant_id", "message_id", "place" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "presence_once",
                schema: "conversations",
                table: "presence",
                columns: new[] { "tenant_id", "conversation_id", "user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rating_tenant_id_conversation_id",
                schema: "conversations",
                table: "rating",
                columns: new[] { "tenant_id", "conversation_id" });

            migrationBuilder.CreateIndex(
                name: "rating_asked",
                schema: "conversations",
                table: "rating",
                columns: new[] { "tenant_id", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "rating_token",
                schema: "conversations",
                table: "rating",
                columns: new[] { "tenant_id", "token_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "snippet_name",
                schema: "conversations",
                table: "snippet",
                columns: new[] { "tenant_id", "normal" },
                unique: true,
                filter: "deleted_at is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "draft",
                schema: "conversations");

            migrationBuilder.DropTable(
                name: "inbox_setting",
                schema: "conversations");

            migrationBuilder.DropTable(
                name: "mention",
                schema: "conversations");

            migrationBuilder.DropTable(
                name: "message_file",
                schema: "conversations");

            migrationBuilder.DropTable(
                name: "presence",
                schema: "conversations");

            migrationBuilder.DropTable(
                name: "rating",
                schema: "conversations");

            migrationBuilder.DropTable(
                name: "snippet",
                schema: "conversations");

            migrationBuilder.DropIndex(
                name: "conversation_due",
                schema: "conversations",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "leaves_at",
                schema: "conversations",
                table: "message");

            migrationBuilder.DropColumn(
                name: "away_at",
                schema: "conversations",
                table: "conversation");

            migrationBuilder.DropColumn(
                name: "due_at",
                schema: "conversations",
                table: "conversation");
        }
    }
}
