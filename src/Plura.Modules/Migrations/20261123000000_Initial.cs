using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "accounts");

            migrationBuilder.EnsureSchema(
                name: "contacts");

            migrationBuilder.EnsureSchema(
                name: "platform");

            migrationBuilder.CreateTable(
                name: "acceptance",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<string>(type: "text", nullable: false),
                    wording_hash = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    ip_hash = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_acceptance", x => x.id);
                })
                .Annotation("Plura:AppendOnly", true);

            migrationBuilder.CreateTable(
                name: "agency",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agency", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "bin",
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
                    table.PrimaryKey("pk_bin", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "contact",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_name = table.Column<string>(type: "text", nullable: false),
                    last_name = table.Column<string>(type: "text", nullable: false),
                    company = table.Column<string>(type: "text", nullable: false),
                    sort_name = table.Column<string>(type: "text", nullable: false),
                    search_text = table.Column<string>(type: "text", nullable: false),
                    fields = table.Column<string>(type: "jsonb", nullable: false),
                    minor = table.Column<bool>(type: "boolean", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    external_id = table.Column<string>(type: "text", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact", x => new { x.tenant_id, x.id });
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 85)
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "contact_change",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    what = table.Column<string>(type: "text", nullable: false),
                    values = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_change", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "custom_field",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    label = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    choices = table.Column<string>(type: "text", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_custom_field", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "notice",
                schema: "accounts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    link = table.Column<string>(type: "text", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "outbox_message",
                schema: "platform",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: true),
                    type = table.Column<string>(type: "text", nullable: false),
                    subscriber = table.Column<string>(type: "text", nullable: false),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    run_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    node = table.Column<int>(type: "integer", nullable: true),
                    dead_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox_message", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "saved_search",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    normal = table.Column<string>(type: "text", nullable: false),
                    filter = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_saved_search", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "settings",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    allow_duplicates = table.Column<bool>(type: "boolean", nullable: false),
                    match_first = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_settings", x => x.tenant_id);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "tag",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    normal = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tag", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "user",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    age_method = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    user_name = table.Column<string>(type: "text", nullable: true),
                    normalized_user_name = table.Column<string>(type: "text", nullable: true),
                    email = table.Column<string>(type: "text", nullable: true),
                    normalized_email = table.Column<string>(type: "text", nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    phone_number = table.Column<string>(type: "text", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "account",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    slug = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    country = table.Column<string>(type: "text", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    postal_address = table.Column<string>(type: "text", nullable: true),
                    sender_name = table.Column<string>(type: "text", nullable: false),
                    sender_email = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    suspended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account", x => x.id);
                    table.ForeignKey(
                        name: "fk_account_agency_agency_id",
                        column: x => x.agency_id,
                        principalSchema: "accounts",
                        principalTable: "agency",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "contact_point",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: false),
                    normal = table.Column<string>(type: "text", nullable: false),
                    address_key = table.Column<Guid>(type: "uuid", nullable: false),
                    is_primary = table.Column<bool>(type: "boolean", nullable: false),
                    position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_point", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_contact_point_contact_tenant_id_contact_id",
                        columns: x => new { x.tenant_id, x.contact_id },
                        principalSchema: "contacts",
                        principalTable: "contact",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "contact_tag",
                schema: "contacts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tag_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_contact_tag", x => new { x.tenant_id, x.contact_id, x.tag_id });
                    table.ForeignKey(
                        name: "fk_contact_tag_contact_tenant_id_contact_id",
                        columns: x => new { x.tenant_id, x.contact_id },
                        principalSchema: "contacts",
                        principalTable: "contact",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_contact_tag_tag_tenant_id_tag_id",
                        columns: x => new { x.tenant_id, x.tag_id },
                        principalSchema: "contacts",
                        principalTable: "tag",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "session",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    ticket = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_session", x => x.id);
                    table.ForeignKey(
                        name: "fk_session_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_claim",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_claim", x => x.id);
                    table.ForeignKey(
                        name: "fk_user_claim_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_login",
                schema: "accounts",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    provider_key = table.Column<string>(type: "text", nullable: false),
                    provider_display_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_login", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_user_login_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_token",
                schema: "accounts",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    login_provider = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_token", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_user_token_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "api_token",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    scopes = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_api_token", x => x.id);
                    table.ForeignKey(
                        name: "fk_api_token_account_account_id",
                        column: x => x.account_id,
                        principalSchema: "accounts",
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "membership",
                schema: "accounts",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_membership", x => new { x.account_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_membership_account_account_id",
                        column: x => x.account_id,
                        principalSchema: "accounts",
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_membership_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_acceptance_user_id_document",
                schema: "accounts",
                table: "acceptance",
                columns: new[] { "user_id", "document" });

            migrationBuilder.CreateIndex(
                name: "ix_account_agency_id",
                schema: "accounts",
                table: "account",
                column: "agency_id");

            migrationBuilder.CreateIndex(
                name: "ix_account_slug",
                schema: "accounts",
                table: "account",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agency_slug",
                schema: "accounts",
                table: "agency",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_api_token_account_id",
                schema: "accounts",
                table: "api_token",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_api_token_hash",
                schema: "accounts",
                table: "api_token",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_bin_tenant_id_deleted_at_id",
                schema: "contacts",
                table: "bin",
                columns: new[] { "tenant_id", "deleted_at", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_contact_tenant_id_created_at_id",
                schema: "contacts",
                table: "contact",
                columns: new[] { "tenant_id", "created_at", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_contact_tenant_id_external_id",
                schema: "contacts",
                table: "contact",
                columns: new[] { "tenant_id", "external_id" },
                filter: "external_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_contact_tenant_id_sort_name_id",
                schema: "contacts",
                table: "contact",
                columns: new[] { "tenant_id", "sort_name", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_tenant_id_updated_at_id",
                schema: "contacts",
                table: "contact",
                columns: new[] { "tenant_id", "updated_at", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_contact_change_tenant_id_contact_id_at_id",
                schema: "contacts",
                table: "contact_change",
                columns: new[] { "tenant_id", "contact_id", "at", "id" },
                descending: new[] { false, false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_contact_point_tenant_id_address_key",
                schema: "contacts",
                table: "contact_point",
                columns: new[] { "tenant_id", "address_key" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_point_tenant_id_contact_id",
                schema: "contacts",
                table: "contact_point",
                columns: new[] { "tenant_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_point_tenant_id_kind_normal",
                schema: "contacts",
                table: "contact_point",
                columns: new[] { "tenant_id", "kind", "normal" });

            migrationBuilder.CreateIndex(
                name: "ix_contact_tag_tenant_id_tag_id_contact_id",
                schema: "contacts",
                table: "contact_tag",
                columns: new[] { "tenant_id", "tag_id", "contact_id" });

            migrationBuilder.CreateIndex(
                name: "ix_custom_field_tenant_id_key",
                schema: "contacts",
                table: "custom_field",
                columns: new[] { "tenant_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_membership_user_id",
                schema: "accounts",
                table: "membership",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_notice_tenant_id_at",
                schema: "accounts",
                table: "notice",
                columns: new[] { "tenant_id", "at" });

            migrationBuilder.CreateIndex(
                name: "outbox_due",
                schema: "platform",
                table: "outbox_message",
                columns: new[] { "run_at", "id" },
                filter: "dead_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_saved_search_tenant_id_normal",
                schema: "contacts",
                table: "saved_search",
                columns: new[] { "tenant_id", "normal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_session_ends_at",
                schema: "accounts",
                table: "session",
                column: "ends_at");

            migrationBuilder.CreateIndex(
                name: "ix_session_key_hash",
                schema: "accounts",
                table: "session",
                column: "key_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_session_user_id",
                schema: "accounts",
                table: "session",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_tag_tenant_id_normal",
                schema: "contacts",
                table: "tag",
                columns: new[] { "tenant_id", "normal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_user_normalized_email",
                schema: "accounts",
                table: "user",
                column: "normalized_email",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_user_normalized_user_name",
                schema: "accounts",
                table: "user",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_user_claim_user_id",
                schema: "accounts",
                table: "user_claim",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_login_user_id",
                schema: "accounts",
                table: "user_login",
                column: "user_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "acceptance",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "api_token",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "bin",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "contact_change",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "contact_point",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "contact_tag",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "custom_field",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "membership",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "notice",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "outbox_message",
                schema: "platform");

            migrationBuilder.DropTable(
                name: "saved_search",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "session",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "settings",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "user_claim",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "user_login",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "user_token",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "contact",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "tag",
                schema: "contacts");

            migrationBuilder.DropTable(
                name: "account",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "user",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "agency",
                schema: "accounts");
        }
    }
}
