using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class AgencyDesk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "account_offer",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    offered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    offered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    taken_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_offer", x => x.id);
                    table.ForeignKey(
                        name: "fk_account_offer_account_account_id",
                        column: x => x.account_id,
                        principalSchema: "accounts",
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "account_pause",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    paused_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    paused_by = table.Column<Guid>(type: "uuid", nullable: true),
                    resumed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resumed_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_pause", x => x.id);
                    table.ForeignKey(
                        name: "fk_account_pause_account_account_id",
                        column: x => x.account_id,
                        principalSchema: "accounts",
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "agency_brand",
                schema: "accounts",
                columns: table => new
                {
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    accent = table.Column<string>(type: "text", nullable: true),
                    sender_domain = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false),
                    has_logo = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agency_brand", x => x.agency_id);
                    table.ForeignKey(
                        name: "fk_agency_brand_agency_agency_id",
                        column: x => x.agency_id,
                        principalSchema: "accounts",
                        principalTable: "agency",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "agency_host",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    host = table.Column<string>(type: "text", nullable: false),
                    proof = table.Column<string>(type: "text", nullable: false),
                    claimed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confirmed_by = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agency_host", x => x.id);
                    table.ForeignKey(
                        name: "fk_agency_host_agency_agency_id",
                        column: x => x.agency_id,
                        principalSchema: "accounts",
                        principalTable: "agency",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "agency_logo",
                schema: "accounts",
                columns: table => new
                {
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content_type = table.Column<string>(type: "text", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agency_logo", x => x.agency_id);
                    table.ForeignKey(
                        name: "fk_agency_logo_agency_agency_id",
                        column: x => x.agency_id,
                        principalSchema: "accounts",
                        principalTable: "agency",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "support_grant",
                schema: "accounts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agency_id = table.Column<Guid>(type: "uuid", nullable: true),
                    may = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    granted_by = table.Column<Guid>(type: "uuid", nullable: false),
                    granted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_support_grant", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:AppendOnly", true)
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "support_grant_end",
                schema: "accounts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    grant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ended_by = table.Column<Guid>(type: "uuid", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_support_grant_end", x => new { x.tenant_id, x.grant_id });
                    table.ForeignKey(
                        name: "fk_support_grant_end_support_grant_tenant_id_grant_id",
                        columns: x => new { x.tenant_id, x.grant_id },
                        principalSchema: "accounts",
                        principalTable: "support_grant",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Plura:AppendOnly", true)
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "support_visit",
                schema: "accounts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    grant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    act = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_support_visit", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_support_visit_support_grant_tenant_id_grant_id",
                        columns: x => new { x.tenant_id, x.grant_id },
                        principalSchema: "accounts",
                        principalTable: "support_grant",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Plura:AppendOnly", true)
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "ix_account_offer_account_id",
                schema: "accounts",
                table: "account_offer",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_account_pause_account_id",
                schema: "accounts",
                table: "account_pause",
                column: "account_id",
                unique: true,
                filter: "resumed_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_agency_host_agency_id_host",
                schema: "accounts",
                table: "agency_host",
                columns: new[] { "agency_id", "host" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agency_host_host",
                schema: "accounts",
                table: "agency_host",
                column: "host",
                unique: true,
                filter: "confirmed_at is not null");

            migrationBuilder.CreateIndex(
                name: "ix_support_grant_agency_id_ends_at",
                schema: "accounts",
                table: "support_grant",
                columns: new[] { "agency_id", "ends_at" });

            migrationBuilder.CreateIndex(
                name: "ix_support_grant_tenant_id_ends_at",
                schema: "accounts",
                table: "support_grant",
                columns: new[] { "tenant_id", "ends_at" });

            migrationBuilder.CreateIndex(
                name: "ix_support_visit_tenant_id_grant_id_at",
                schema: "accounts",
                table: "support_visit",
                columns: new[] { "tenant_id", "grant_id", "at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_offer",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "account_pause",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "agency_brand",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "agency_host",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "agency_logo",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "support_grant_end",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "support_visit",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "support_grant",
                schema: "accounts");
        }
    }
}
