using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class SendingDomains : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "found",
                schema: "messaging",
                table: "transport_look",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "receipts",
                schema: "messaging",
                table: "transport_look",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "silent",
                schema: "messaging",
                table: "transport_look",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "provider_id",
                schema: "messaging",
                table: "send",
                type: "text",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "sending_domain",
                schema: "messaging",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    proven_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lost_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    checked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    look_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    findings = table.Column<string>(type: "jsonb", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sending_domain", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "domain_key",
                schema: "messaging",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    domain_id = table.Column<Guid>(type: "uuid", nullable: false),
                    selector = table.Column<string>(type: "text", nullable: false),
                    public_key = table.Column<string>(type: "text", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    retired_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_domain_key", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_domain_key_sending_domain_tenant_id_domain_id",
                        columns: x => new { x.tenant_id, x.domain_id },
                        principalSchema: "messaging",
                        principalTable: "sending_domain",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "send_at_provider",
                schema: "messaging",
                table: "send",
                columns: new[] { "tenant_id", "provider_id" },
                filter: "provider_id is not null");

            migrationBuilder.CreateIndex(
                name: "domain_key_used",
                schema: "messaging",
                table: "domain_key",
                columns: new[] { "tenant_id", "domain_id" },
                unique: true,
                filter: "used_at is not null and retired_at is null");

            migrationBuilder.CreateIndex(
                name: "domain_key_waiting",
                schema: "messaging",
                table: "domain_key",
                columns: new[] { "tenant_id", "domain_id" },
                unique: true,
                filter: "used_at is null and retired_at is null");

            migrationBuilder.CreateIndex(
                name: "sending_domain_name",
                schema: "messaging",
                table: "sending_domain",
                columns: new[] { "tenant_id", "name" },
                unique: true,
                filter: "deleted_at is null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "domain_key",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "sending_domain",
                schema: "messaging");

            migrationBuilder.DropIndex(
                name: "send_at_provider",
                schema: "messaging",
                table: "send");

            migrationBuilder.DropColumn(
                name: "found",
                schema: "messaging",
                table: "transport_look");

            migrationBuilder.DropColumn(
                name: "receipts",
                schema: "messaging",
                table: "transport_look");

            migrationBuilder.DropColumn(
                name: "silent",
                schema: "messaging",
                table: "transport_look");

            migrationBuilder.DropColumn(
                name: "provider_id",
                schema: "messaging",
                table: "send");
        }
    }
}
