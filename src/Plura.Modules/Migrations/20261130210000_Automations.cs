using System;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Plura.Platform;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    [DbContext(typeof(PluraDb))]
    [Migration("20261130210000_Automations")]
    public partial class Automations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "automations");

            migrationBuilder.CreateTable(
                name: "automation",
                schema: "automations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    draft = table.Column<string>(type: "jsonb", nullable: false),
                    draft_number = table.Column<int>(type: "integer", nullable: false),
                    published = table.Column<int>(type: "integer", nullable: true),
                    published_draft = table.Column<int>(type: "integer", nullable: true),
                    on_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_automation", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "happening",
                schema: "automations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    kind = table.Column<string>(type: "text", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    thing_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_happening", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "listening",
                schema: "automations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_listening", x => new { x.tenant_id, x.kind });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "automation_version",
                schema: "automations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    automation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    drawn = table.Column<string>(type: "jsonb", nullable: false),
                    flow = table.Column<string>(type: "jsonb", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_automation_version", x => new { x.tenant_id, x.automation_id, x.number });
                    table.ForeignKey(
                        name: "fk_automation_version_automation_tenant_id_automation_id",
                        columns: x => new { x.tenant_id, x.automation_id },
                        principalSchema: "automations",
                        principalTable: "automation",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:AppendOnly", true)
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "step_tally",
                schema: "automations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    automation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<Guid>(type: "uuid", nullable: false),
                    passed = table.Column<long>(type: "bigint", nullable: false),
                    failed = table.Column<long>(type: "bigint", nullable: false),
                    turns = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_step_tally", x => new { x.tenant_id, x.automation_id, x.step_id });
                    table.ForeignKey(
                        name: "fk_step_tally_automation_tenant_id_automation_id",
                        columns: x => new { x.tenant_id, x.automation_id },
                        principalSchema: "automations",
                        principalTable: "automation",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50)
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "run",
                schema: "automations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    automation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entry = table.Column<int>(type: "integer", nullable: false),
                    cause = table.Column<string>(type: "text", nullable: false),
                    cause_id = table.Column<Guid>(type: "uuid", nullable: true),
                    pass = table.Column<int>(type: "integer", nullable: false),
                    step_id = table.Column<Guid>(type: "uuid", nullable: true),
                    wake_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    awaits = table.Column<string>(type: "text", nullable: true),
                    woken = table.Column<bool>(type: "boolean", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    begun_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_run", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_run_version",
                        columns: x => new { x.tenant_id, x.automation_id, x.version },
                        principalSchema: "automations",
                        principalTable: "automation_version",
                        principalColumns: new[] { "tenant_id", "automation_id", "number" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 70)
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "passage",
                schema: "automations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    run_id = table.Column<Guid>(type: "uuid", nullable: false),
                    step_id = table.Column<Guid>(type: "uuid", nullable: false),
                    pass = table.Column<int>(type: "integer", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    outcome = table.Column<string>(type: "text", nullable: false),
                    detail = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_passage", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_passage_run_tenant_id_run_id",
                        columns: x => new { x.tenant_id, x.run_id },
                        principalSchema: "automations",
                        principalTable: "run",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:AppendOnly", true)
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "ix_automation_tenant_id_changed_at",
                schema: "automations",
                table: "automation",
                columns: new[] { "tenant_id", "changed_at" });

            migrationBuilder.CreateIndex(
                name: "ix_passage_tenant_id_run_id_id",
                schema: "automations",
                table: "passage",
                columns: new[] { "tenant_id", "run_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_run_tenant_id_automation_id_version",
                schema: "automations",
                table: "run",
                columns: new[] { "tenant_id", "automation_id", "version" });

            migrationBuilder.CreateIndex(
                name: "run_contact",
                schema: "automations",
                table: "run",
                columns: new[] { "tenant_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "run_due",
                schema: "automations",
                table: "run",
                columns: new[] { "tenant_id", "wake_at", "id" },
                filter: "wake_at is not null");

            migrationBuilder.CreateIndex(
                name: "run_entry",
                schema: "automations",
                table: "run",
                columns: new[] { "tenant_id", "automation_id", "contact_id", "entry" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "run_list",
                schema: "automations",
                table: "run",
                columns: new[] { "tenant_id", "automation_id", "state", "since", "id" });

            migrationBuilder.CreateIndex(
                name: "run_standing",
                schema: "automations",
                table: "run",
                columns: new[] { "tenant_id", "automation_id", "step_id" },
                filter: "state = 'going'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "happening",
                schema: "automations");

            migrationBuilder.DropTable(
                name: "listening",
                schema: "automations");

            migrationBuilder.DropTable(
                name: "passage",
                schema: "automations");

            migrationBuilder.DropTable(
                name: "step_tally",
                schema: "automations");

            migrationBuilder.DropTable(
                name: "run",
                schema: "automations");

            migrationBuilder.DropTable(
                name: "automation_version",
                schema: "automations");

            migrationBuilder.DropTable(
                name: "automation",
                schema: "automations");
        }
    }
}
