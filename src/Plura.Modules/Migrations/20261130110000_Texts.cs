using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class Texts : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "channel",
                schema: "messaging",
                table: "dispatch",
                type: "text",
                nullable: false,
                defaultValue: "email");

            migrationBuilder.AddColumn<string>(
                name: "channel",
                schema: "messaging",
                table: "content",
                type: "text",
                nullable: false,
                defaultValue: "email");

            migrationBuilder.AddColumn<string>(
                name: "text",
                schema: "messaging",
                table: "content",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "received_text",
                schema: "messaging",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    seal_key = table.Column<Guid>(type: "uuid", nullable: false),
                    address_key = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: false),
                    provider_id = table.Column<string>(type: "text", nullable: false),
                    meaning = table.Column<string>(type: "text", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_received_text", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:AppendOnly", true)
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "text_number_use",
                schema: "messaging",
                columns: table => new
                {
                    number = table.Column<string>(type: "text", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_text_number_use", x => new { x.number, x.account_id });
                });

            migrationBuilder.CreateTable(
                name: "stop_review",
                schema: "messaging",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    seen_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stop_review", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_stop_review_received_text_tenant_id_id",
                        columns: x => new { x.tenant_id, x.id },
                        principalSchema: "messaging",
                        principalTable: "received_text",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "received_text_of_address",
                schema: "messaging",
                table: "received_text",
                columns: new[] { "tenant_id", "address_key", "at" });

            migrationBuilder.CreateIndex(
                name: "received_text_once",
                schema: "messaging",
                table: "received_text",
                columns: new[] { "tenant_id", "provider_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "stop_review_waiting",
                schema: "messaging",
                table: "stop_review",
                columns: new[] { "tenant_id", "at" },
                filter: "seen_at is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "stop_review",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "text_number_use",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "received_text",
                schema: "messaging");

            migrationBuilder.DropColumn(
                name: "channel",
                schema: "messaging",
                table: "dispatch");

            migrationBuilder.DropColumn(
                name: "channel",
                schema: "messaging",
                table: "content");

            migrationBuilder.DropColumn(
                name: "text",
                schema: "messaging",
                table: "content");
        }
    }
}
