using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class Opportunities : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "opportunities");

            migrationBuilder.CreateTable(
                name: "opportunity_step",
                schema: "opportunities",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    opportunity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    what = table.Column<string>(type: "text", nullable: false),
                    from_stage_id = table.Column<Guid>(type: "uuid", nullable: true),
                    from_stage = table.Column<string>(type: "text", nullable: false),
                    to_stage_id = table.Column<Guid>(type: "uuid", nullable: false),
                    to_stage = table.Column<string>(type: "text", nullable: false),
                    from_status = table.Column<string>(type: "text", nullable: false),
                    to_status = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_opportunity_step", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:AppendOnly", true)
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "pipeline",
                schema: "opportunities",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_pipeline", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "stage",
                schema: "opportunities",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    pipeline_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false),
                    color = table.Column<string>(type: "text", nullable: false),
                    probability = table.Column<int>(type: "integer", nullable: false),
                    rotting_days = table.Column<int>(type: "integer", nullable: true),
                    needs = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stage", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_stage_pipeline_tenant_id_pipeline_id",
                        columns: x => new { x.tenant_id, x.pipeline_id },
                        principalSchema: "opportunities",
                        principalTable: "pipeline",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "opportunity",
                schema: "opportunities",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    pipeline_id = table.Column<Guid>(type: "uuid", nullable: false),
                    stage_id = table.Column<Guid>(type: "uuid", nullable: false),
                    value_minor = table.Column<long>(type: "bigint", nullable: true),
                    currency = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    source = table.Column<string>(type: "text", nullable: false),
                    close_on = table.Column<DateOnly>(type: "date", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: true),
                    stage_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    contact_gone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_opportunity", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_opportunity_stage_tenant_id_stage_id",
                        columns: x => new { x.tenant_id, x.stage_id },
                        principalSchema: "opportunities",
                        principalTable: "stage",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "ix_opportunity_tenant_id_contact_id",
                schema: "opportunities",
                table: "opportunity",
                columns: new[] { "tenant_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_opportunity_tenant_id_created_at_id",
                schema: "opportunities",
                table: "opportunity",
                columns: new[] { "tenant_id", "created_at", "id" },
                descending: new[] { false, true, true },
                filter: "deleted_at is null and contact_gone_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_opportunity_tenant_id_owner_id",
                schema: "opportunities",
                table: "opportunity",
                columns: new[] { "tenant_id", "owner_id" });

            migrationBuilder.CreateIndex(
                name: "ix_opportunity_tenant_id_pipeline_id_stage_id_currency",
                schema: "opportunities",
                table: "opportunity",
                columns: new[] { "tenant_id", "pipeline_id", "stage_id", "currency" },
                filter: "status = 'open' and deleted_at is null and contact_gone_at is null")
                .Annotation("Npgsql:IndexInclude", new[] { "value_minor", "owner_id" });

            migrationBuilder.CreateIndex(
                name: "ix_opportunity_tenant_id_stage_id",
                schema: "opportunities",
                table: "opportunity",
                columns: new[] { "tenant_id", "stage_id" });

            migrationBuilder.CreateIndex(
                name: "ix_opportunity_tenant_id_stage_id_stage_since_id",
                schema: "opportunities",
                table: "opportunity",
                columns: new[] { "tenant_id", "stage_id", "stage_since", "id" },
                descending: new[] { false, false, true, true },
                filter: "status = 'open' and deleted_at is null and contact_gone_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_opportunity_step_tenant_id_opportunity_id_number",
                schema: "opportunities",
                table: "opportunity_step",
                columns: new[] { "tenant_id", "opportunity_id", "number" },
                unique: true,
                descending: new[] { false, false, true });

            migrationBuilder.CreateIndex(
                name: "ix_pipeline_tenant_id_name",
                schema: "opportunities",
                table: "pipeline",
                columns: new[] { "tenant_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_stage_tenant_id_pipeline_id",
                schema: "opportunities",
                table: "stage",
                columns: new[] { "tenant_id", "pipeline_id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "opportunity",
                schema: "opportunities");

            migrationBuilder.DropTable(
                name: "opportunity_step",
                schema: "opportunities");

            migrationBuilder.DropTable(
                name: "stage",
                schema: "opportunities");

            migrationBuilder.DropTable(
                name: "pipeline",
                schema: "opportunities");
        }
    }
}
