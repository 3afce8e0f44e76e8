using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class CompaniesAndFields : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_custom_field_tenant_id_key",
                schema: "contacts",
                table: "custom_field");

            migrationBuilder.AddColumn<string>(
                name: "fields",
                schema: "opportunities",
                table: "opportunity",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'");

            migrationBuilder.AddColumn<string>(
                name: "currency",
                schema: "contacts",
                table: "custom_field",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "entity",
                schema: "contacts",
                table: "custom_field",
                type: "text",
                nullable: false,
                defaultValue: "contact");

            migrationBuilder.AddColumn<string>(
                name: "group_name",
                schema: "contacts",
                table: "custom_field",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<bool>(
                name: "is_required",
                schema: "contacts",
                table: "custom_field",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "is_unique",
                schema: "contacts",
                table: "custom_field",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "privacy",
                schema: "contacts",
                table: "custom_field",
                type: "text",
                nullable: false,
                defaultValue: "personal");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "retired_at",
                schema: "contacts",
                table: "custom_field",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "label",
                schema: "contacts",
                table: "contact_point",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "city",
                schema: "contacts",
                table: "contact",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<Guid>(
                name: "company_id",
                schema: "contacts",
                table: "contact",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "country",
                schema: "contacts",
                table: "contact",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateOnly>(
                name: "date_of_birth",
                schema: "contacts",
                table: "contact",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "postal_code",
                schema: "contacts",
                table: "contact",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "region",
                schema: "contacts",
                table: "contact",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "street",
                schema: "contacts",
                table: "contact",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "time_zone",
                schema: "contacts",
                table: "contact",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "company",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    normal = table.Column<string>(type: "text", nullable: false),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    website = table.Column<string>(type: "text", nullable: false),
                    phone = table.Column<string>(type: "text", nullable: false),
                    street = table.Column<string>(type: "text", nullable: false),
                    postal_code = table.Column<string>(type: "text", nullable: false),
                    city = table.Column<string>(type: "text", nullable: false),
                    region = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "text", nullable: false),
                    fields = table.Column<string>(type: "jsonb", nullable: false),
                    assignee_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_company", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "company_bin",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    snapshot = table.Column<string>(type: "jsonb", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_by = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_company_bin", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "company_change",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    what = table.Column<string>(type: "text", nullable: false),
                    values = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_company_change", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "contact_follower",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_follower", x => new { x.tenant_id, x.contact_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_contact_follower_contact_tenant_id_contact_id",
                        columns: x => new { x.tenant_id, x.contact_id },
                        principalSchema: "contacts",
                        principalTable: "contact",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "unique_value",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    field_id = table.Column<Guid>(type: "uuid", nullable: false),
                    normal = table.Column<string>(type: "text", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    company_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_unique_value", x => new { x.tenant_id, x.field_id, x.normal });
                    table.ForeignKey(
                        name: "fk_unique_value_company_tenant_id_company_id",
                        columns: x => new { x.tenant_id, x.company_id },
                        principalSchema: "contacts",
                        principalTable: "company",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_unique_value_contact_tenant_id_contact_id",
                        columns: x => new { x.tenant_id, x.contact_id },
                        principalSchema: "contacts",
                        principalTable: "contact",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_unique_value_custom_field_tenant_id_field_id",
                        columns: x => new { x.tenant_id, x.field_id },
                        principalSchema: "contacts",
                        principalTable: "custom_field",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "ix_custom_field_tenant_id_entity_key",
                schema: "contacts",
                table: "custom_field",
                columns: new[] { "tenant_id", "entity", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_contact_tenant_id_company_id_sort_name_id",
                schema: "contacts",
                table: "contact",
                columns: new[] { "tenant_id", "company_id", "sort_name", "id" },
                filter: "company_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_company_tenant_id_created_at_id",
                schema: "contacts",
                table: "company",
                columns: new[] { "tenant_id", "created_at", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_company_tenant_id_normal",
                schema: "contacts",
                table: "company",
                columns: new[] { "tenant_id", "normal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_company_bin_tenant_id_deleted_at_id",
                schema: "contacts",
                table: "company_bin",
                columns: new[] { "tenant_id", "deleted_at", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_company_change_tenant_id_company_id_at_id",
                schema: "contacts",
                table: "company_change",
                columns: new[] { "tenant_id", "company_id", "at", "id" },
                descending: new[] { false, false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_contact_follower_tenant_id_user_id_contact_id",
                schema: "contacts",
                table: "contact_follower",
                columns: new[] { "tenant_id", "user_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_unique_value_tenant_id_company_id",
                schema: "contacts",
                table: "unique_value",
                columns: new[] { "tenant_id", "company_id" });

            migrationBuilder.CreateIndex(
                name: "ix_unique_value_tenant_id_contact_id",
                schema: "contacts",
                table: "unique_value",
                columns: new[] { "tenant_id", "contact_id" });

            migrationBuilder.AddForeignKey(
                name: "fk_contact_company_tenant_id_company_id",
                schema: "contacts",
                table: "contact",
                columns: new[] { "tenant_id", "company_id" },
                principalSchema: "contacts",
                principalTable: "company",
                principalColumns: new[] { "tenant_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_contact_company_tenant_id_company_id",
                schema: "contacts",
                table: "contact");

            migrationBuilder.DropTable(
                name: "company_bin",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "company_change",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "contact_follower",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "unique_value",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "company",
                schema: "contacts");

            migrationBuilder.DropIndex(
                name: "ix_custom_field_tenant_id_entity_key",
                schema: "contacts",
                table: "custom_field");

            migrationBuilder.DropIndex(
                name: "ix_contact_tenant_id_company_id_sort_name_id",
                schema: "contacts",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "fields",
                schema: "opportunities",
                table: "opportunity");

            migrationBuilder.DropColumn(
                name: "currency",
                schema: "contacts",
                table: "custom_field");

            migrationBuilder.DropColumn(
                name: "entity",
                schema: "contacts",
                table: "custom_field");

            migrationBuilder.DropColumn(
                name: "group_name",
                schema: "contacts",
                table: "custom_field");

            migrationBuilder.DropColumn(
                name: "is_required",
                schema: "contacts",
                table: "custom_field");

            migrationBuilder.DropColumn(
                name: "is_unique",
                schema: "contacts",
                table: "custom_field");

            migrationBuilder.DropColumn(
                name: "privacy",
                schema: "contacts",
                table: "custom_field");

            migrationBuilder.DropColumn(
                name: "retired_at",
                schema: "contacts",
                table: "custom_field");

            migrationBuilder.DropColumn(
                name: "label",
                schema: "contacts",
                table: "contact_point");

            migrationBuilder.DropColumn(
                name: "city",
                schema: "contacts",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "company_id",
                schema: "contacts",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "country",
                schema: "contacts",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "date_of_birth",
                schema: "contacts",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "postal_code",
                schema: "contacts",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "region",
                schema: "contacts",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "street",
                schema: "contacts",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "time_zone",
                schema: "contacts",
                table: "contact");

            migrationBuilder.CreateIndex(
                name: "ix_custom_field_tenant_id_key",
                schema: "contacts",
                table: "custom_field",
                columns: new[] { "tenant_id", "key" },
                unique: true);
        }
    }
}
