using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class AccountsComplete : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_offer",
                schema: "accounts");

            migrationBuilder.AlterTable(
                name: "acceptance",
                schema: "accounts",
                comment: "kept: that a person accepted our texts is our own proof, and binds beyond the account")
                .Annotation("Plura:AppendOnly", true)
                .OldAnnotation("Plura:AppendOnly", true);

            migrationBuilder.AddColumn<int>(
                name: "days",
                schema: "accounts",
                table: "api_token",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ending",
                schema: "accounts",
                table: "api_token",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "expires_at",
                schema: "accounts",
                table: "api_token",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "last_used_from",
                schema: "accounts",
                table: "api_token",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "made_by",
                schema: "accounts",
                table: "api_token",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "old_ends_at",
                schema: "accounts",
                table: "api_token",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<byte[]>(
                name: "old_hash",
                schema: "accounts",
                table: "api_token",
                type: "bytea",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "old_used_at",
                schema: "accounts",
                table: "api_token",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "rotated_at",
                schema: "accounts",
                table: "api_token",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "told_at",
                schema: "accounts",
                table: "api_token",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "uses",
                schema: "accounts",
                table: "api_token",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "held_at",
                schema: "accounts",
                table: "account",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "readable_until",
                schema: "accounts",
                table: "account",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "stopped_at",
                schema: "accounts",
                table: "account",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "vouched_at",
                schema: "accounts",
                table: "account",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "account_closure",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    readable_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    purge_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reopened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reopened_by = table.Column<Guid>(type: "uuid", nullable: true),
                    warned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    purged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    rows_gone = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_closure", x => x.id);
                    table.CheckConstraint("account_closure_times", "readable_until > closed_at and purge_at >= readable_until and purge_at <= closed_at + interval '25 months'");
                },
                comment: "kept: the proof that the account was deleted, without anybody's data");

            migrationBuilder.CreateTable(
                name: "account_snapshot",
                schema: "accounts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    saved_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_snapshot", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "account_stop",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    codes = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    kept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    sentence = table.Column<string>(type: "text", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_stop", x => x.id);
                    table.ForeignKey(
                        name: "fk_account_stop_account_account_id",
                        column: x => x.account_id,
                        principalSchema: "accounts",
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "agency_snapshot",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    document = table.Column<string>(type: "text", nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    saved_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agency_snapshot", x => x.id);
                    table.ForeignKey(
                        name: "fk_agency_snapshot_agency_agency_id",
                        column: x => x.agency_id,
                        principalSchema: "accounts",
                        principalTable: "agency",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "announcement",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    audience = table.Column<string>(type: "text", nullable: false),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    made_by = table.Column<Guid>(type: "uuid", nullable: true),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_announcement", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "ended_chain",
                schema: "privacy",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ledger_seq = table.Column<long>(type: "bigint", nullable: false),
                    ledger_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    audit_seq = table.Column<long>(type: "bigint", nullable: false),
                    audit_hash = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_ended_chain", x => x.account_id);
                },
                comment: "kept: the sealed ends of a deleted account's chains, as hashes");

            migrationBuilder.CreateTable(
                name: "misuse_signal",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    network = table.Column<string>(type: "text", nullable: true),
                    code = table.Column<string>(type: "text", nullable: false),
                    weight = table.Column<int>(type: "integer", nullable: false),
                    facts = table.Column<string>(type: "jsonb", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_misuse_signal", x => x.id);
                    table.ForeignKey(
                        name: "fk_misuse_signal_account_account_id",
                        column: x => x.account_id,
                        principalSchema: "accounts",
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "network_trace",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    network = table.Column<string>(type: "text", nullable: true),
                    subject = table.Column<string>(type: "text", nullable: false),
                    domain = table.Column<string>(type: "text", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_network_trace", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "oauth_app",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    made_by = table.Column<Guid>(type: "uuid", nullable: true),
                    secret_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    application_type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    client_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    client_secret = table.Column<string>(type: "text", nullable: true),
                    client_type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    concurrency_token = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    consent_type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    display_name = table.Column<string>(type: "text", nullable: true),
                    display_names = table.Column<string>(type: "text", nullable: true),
                    json_web_key_set = table.Column<string>(type: "text", nullable: true),
                    permissions = table.Column<string>(type: "text", nullable: true),
                    post_logout_redirect_uris = table.Column<string>(type: "text", nullable: true),
                    properties = table.Column<string>(type: "text", nullable: true),
                    redirect_uris = table.Column<string>(type: "text", nullable: true),
                    requirements = table.Column<string>(type: "text", nullable: true),
                    settings = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_oauth_app", x => x.id);
                    table.ForeignKey(
                        name: "fk_oauth_app_agency_agency_id",
                        column: x => x.agency_id,
                        principalSchema: "accounts",
                        principalTable: "agency",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "oauth_key",
                schema: "accounts",
                columns: table => new
                {
                    kind = table.Column<string>(type: "text", nullable: false),
                    sealed_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_oauth_key", x => x.kind);
                });

            migrationBuilder.CreateTable(
                name: "sending_day",
                schema: "messaging",
                columns: table => new
                {
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    accepted = table.Column<long>(type: "bigint", nullable: false),
                    bounced = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sending_day", x => new { x.account_id, x.day });
                });

            migrationBuilder.CreateTable(
                name: "warm_up_day",
                schema: "privacy",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    allowed = table.Column<int>(type: "integer", nullable: false),
                    put_off = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_warm_up_day", x => new { x.tenant_id, x.day });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "account_appeal",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    stop_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "text", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_account_appeal", x => x.id);
                    table.ForeignKey(
                        name: "fk_account_appeal_account_stop_stop_id",
                        column: x => x.stop_id,
                        principalSchema: "accounts",
                        principalTable: "account_stop",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "announcement_reading",
                schema: "accounts",
                columns: table => new
                {
                    announcement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_announcement_reading", x => new { x.announcement_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_announcement_reading_announcement_announcement_id",
                        column: x => x.announcement_id,
                        principalSchema: "accounts",
                        principalTable: "announcement",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_announcement_reading_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "app_connection",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    connected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_used_from = table.Column<string>(type: "text", nullable: true),
                    uses = table.Column<long>(type: "bigint", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    concurrency_token = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    creation_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    properties = table.Column<string>(type: "text", nullable: true),
                    scopes = table.Column<string>(type: "text", nullable: true),
                    status = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    type = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_connection", x => x.id);
                    table.ForeignKey(
                        name: "fk_app_connection_account_account_id",
                        column: x => x.account_id,
                        principalSchema: "accounts",
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_app_connection_o_auth_app_application_id",
                        column: x => x.application_id,
                        principalSchema: "accounts",
                        principalTable: "oauth_app",
                        principalColumn: "id");
                });

            migrationBuilder.CreateTable(
                name: "app_token",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    application_id = table.Column<Guid>(type: "uuid", nullable: true),
                    authorization_id = table.Column<Guid>(type: "uuid", nullable: true),
                    concurrency_token = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    creation_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    expiration_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    payload = table.Column<string>(type: "text", nullable: true),
                    properties = table.Column<string>(type: "text", nullable: true),
                    redemption_date = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    reference_id = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    status = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    subject = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    type = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_app_token", x => x.id);
                    table.ForeignKey(
                        name: "fk_app_token_app_connection_authorization_id",
                        column: x => x.authorization_id,
                        principalSchema: "accounts",
                        principalTable: "app_connection",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_app_token_o_auth_app_application_id",
                        column: x => x.application_id,
                        principalSchema: "accounts",
                        principalTable: "oauth_app",
                        principalColumn: "id");
                });

            migrationBuilder.CreateIndex(
                name: "ix_api_token_expires_at",
                schema: "accounts",
                table: "api_token",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_api_token_old_hash",
                schema: "accounts",
                table: "api_token",
                column: "old_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_account_appeal_stop_id",
                schema: "accounts",
                table: "account_appeal",
                column: "stop_id");

            migrationBuilder.CreateIndex(
                name: "account_closure_due",
                schema: "accounts",
                table: "account_closure",
                column: "purge_at",
                filter: "reopened_at is null and purged_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_account_closure_account_id",
                schema: "accounts",
                table: "account_closure",
                column: "account_id",
                unique: true,
                filter: "reopened_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_account_stop_account_id",
                schema: "accounts",
                table: "account_stop",
                column: "account_id",
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_account_stop_at",
                schema: "accounts",
                table: "account_stop",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_agency_snapshot_agency_id_saved_at",
                schema: "accounts",
                table: "agency_snapshot",
                columns: new[] { "agency_id", "saved_at" });

            migrationBuilder.CreateIndex(
                name: "ix_announcement_until",
                schema: "accounts",
                table: "announcement",
                column: "until");

            migrationBuilder.CreateIndex(
                name: "ix_announcement_reading_user_id",
                schema: "accounts",
                table: "announcement_reading",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_app_connection_account_id",
                schema: "accounts",
                table: "app_connection",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_app_connection_application_id_account_id_user_id",
                schema: "accounts",
                table: "app_connection",
                columns: new[] { "application_id", "account_id", "user_id" },
                unique: true,
                filter: "ended_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_app_connection_application_id_status_subject_type",
                schema: "accounts",
                table: "app_connection",
                columns: new[] { "application_id", "status", "subject", "type" });

            migrationBuilder.CreateIndex(
                name: "ix_app_token_application_id_status_subject_type",
                schema: "accounts",
                table: "app_token",
                columns: new[] { "application_id", "status", "subject", "type" });

            migrationBuilder.CreateIndex(
                name: "ix_app_token_authorization_id",
                schema: "accounts",
                table: "app_token",
                column: "authorization_id");

            migrationBuilder.CreateIndex(
                name: "ix_app_token_reference_id",
                schema: "accounts",
                table: "app_token",
                column: "reference_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_misuse_signal_account_id_at",
                schema: "accounts",
                table: "misuse_signal",
                columns: new[] { "account_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_misuse_signal_at",
                schema: "accounts",
                table: "misuse_signal",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_network_trace_at",
                schema: "accounts",
                table: "network_trace",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_network_trace_kind_domain_at",
                schema: "accounts",
                table: "network_trace",
                columns: new[] { "kind", "domain", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_network_trace_kind_network_at",
                schema: "accounts",
                table: "network_trace",
                columns: new[] { "kind", "network", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_oauth_app_agency_id",
                schema: "accounts",
                table: "oauth_app",
                column: "agency_id");

            migrationBuilder.CreateIndex(
                name: "ix_oauth_app_client_id",
                schema: "accounts",
                table: "oauth_app",
                column: "client_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sending_day_day",
                schema: "messaging",
                table: "sending_day",
                column: "day");

            migrationBuilder.Sql(OperatorDeskData.Sql);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "account_appeal",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "account_closure",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "account_snapshot",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "agency_snapshot",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "announcement_reading",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "app_token",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "ended_chain",
                schema: "privacy");

            migrationBuilder.DropTable(
                name: "misuse_signal",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "network_trace",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "oauth_key",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "sending_day",
                schema: "messaging");

            migrationBuilder.DropTable(
                name: "warm_up_day",
                schema: "privacy");

            migrationBuilder.DropTable(
                name: "account_stop",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "announcement",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "app_connection",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "oauth_app",
                schema: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_api_token_expires_at",
                schema: "accounts",
                table: "api_token");

            migrationBuilder.DropIndex(
                name: "ix_api_token_old_hash",
                schema: "accounts",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "days",
                schema: "accounts",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "ending",
                schema: "accounts",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "expires_at",
                schema: "accounts",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "last_used_from",
                schema: "accounts",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "made_by",
                schema: "accounts",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "old_ends_at",
                schema: "accounts",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "old_hash",
                schema: "accounts",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "old_used_at",
                schema: "accounts",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "rotated_at",
                schema: "accounts",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "told_at",
                schema: "accounts",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "uses",
                schema: "accounts",
                table: "api_token");

            migrationBuilder.DropColumn(
                name: "held_at",
                schema: "accounts",
                table: "account");

            migrationBuilder.DropColumn(
                name: "readable_until",
                schema: "accounts",
                table: "account");

            migrationBuilder.DropColumn(
                name: "stopped_at",
                schema: "accounts",
                table: "account");

            migrationBuilder.DropColumn(
                name: "vouched_at",
                schema: "accounts",
                table: "account");

            migrationBuilder.AlterTable(
                name: "acceptance",
                schema: "accounts",
                oldComment: "kept: that a person accepted our texts is our own proof, and binds beyond the account")
                .Annotation("Plura:AppendOnly", true)
                .OldAnnotation("Plura:AppendOnly", true);

            migrationBuilder.CreateTable(
                name: "account_offer",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    offered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    offered_by = table.Column<Guid>(type: "uuid", nullable: true),
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

            migrationBuilder.CreateIndex(
                name: "ix_account_offer_account_id",
                schema: "accounts",
                table: "account_offer",
                column: "account_id");
        }
    }
}
