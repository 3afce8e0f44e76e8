using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class ConversationWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "message_word",
                schema: "conversations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    word = table.Column<Guid>(type: "uuid", nullable: false),
                    message_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_message_word", x => new { x.tenant_id, x.word, x.message_id });
                    table.ForeignKey(
                        name: "fk_message_word_message_tenant_id_message_id",
                        columns: x => new { x.tenant_id, x.message_id },
                        principalSchema: "conversations",
                        principalTable: "message",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "message_word_of_message",
                schema: "conversations",
                table: "message_word",
                columns: new[] { "tenant_id", "message_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "message_word",
                schema: "conversations");
        }
    }
}
