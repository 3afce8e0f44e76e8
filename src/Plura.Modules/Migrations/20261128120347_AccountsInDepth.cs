using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class AccountsInDepth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "language",
                schema: "accounts",
                table: "user",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "time_zone",
                schema: "accounts",
                table: "user",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "device",
                schema: "accounts",
                table: "session",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "ended_at",
                schema: "accounts",
                table: "session",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ended_by",
                schema: "accounts",
                table: "session",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "network",
                schema: "accounts",
                table: "session",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "stays",
                schema: "accounts",
                table: "session",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "about_kind",
                schema: "privacy",
                table: "operator_audit_entry",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "network",
                schema: "privacy",
                table: "operator_audit_entry",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "outcome",
                schema: "privacy",
                table: "operator_audit_entry",
                type: "text",
                nullable: false,
                defaultValue: "done");

            migrationBuilder.AddColumn<Guid>(
                name: "session_id",
                schema: "privacy",
                table: "operator_audit_entry",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "title",
                schema: "accounts",
                table: "notice",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "assignee_id",
                schema: "contacts",
                table: "contact",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "about_kind",
                schema: "privacy",
                table: "audit_entry",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "network",
                schema: "privacy",
                table: "audit_entry",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "outcome",
                schema: "privacy",
                table: "audit_entry",
                type: "text",
                nullable: false,
                defaultValue: "done");

            migrationBuilder.AddColumn<Guid>(
                name: "session_id",
                schema: "privacy",
                table: "audit_entry",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "phone",
                schema: "accounts",
                table: "account",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "website",
                schema: "accounts",
                table: "account",
                type: "text",
                nullable: true);

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
                name: "audit_link",
                schema: "privacy",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_link", x => new { x.tenant_id, x.seq });
                })
                .Annotation("Plura:AppendOnly", true)
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "authenticator",
                schema: "accounts",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sealed_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    last_step = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_authenticator", x => x.user_id);
                    table.ForeignKey(
                        name: "fk_authenticator_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "email_change",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    old_email = table.Column<string>(type: "text", nullable: false),
                    new_email = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stopped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_email_change", x => x.id);
                    table.ForeignKey(
                        name: "fk_email_change_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "invitation",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "text", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    role_id = table.Column<Guid>(type: "uuid", nullable: true),
                    sight = table.Column<string>(type: "text", nullable: false),
                    teams = table.Column<string>(type: "text", nullable: false),
                    invited_by = table.Column<Guid>(type: "uuid", nullable: true),
                    round = table.Column<int>(type: "integer", nullable: false),
                    link_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    taken_by = table.Column<Guid>(type: "uuid", nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitation", x => x.id);
                    table.ForeignKey(
                        name: "fk_invitation_account_account_id",
                        column: x => x.account_id,
                        principalSchema: "accounts",
                        principalTable: "account",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "known_device",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_known_device", x => x.id);
                    table.ForeignKey(
                        name: "fk_known_device_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "notice_choice",
                schema: "accounts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    in_app = table.Column<bool>(type: "boolean", nullable: false),
                    by_mail = table.Column<bool>(type: "boolean", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_choice", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "notice_reading",
                schema: "accounts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    notice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_reading", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_notice_reading_notice_tenant_id_notice_id",
                        columns: x => new { x.tenant_id, x.notice_id },
                        principalSchema: "accounts",
                        principalTable: "notice",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "operator_audit_link",
                schema: "privacy",
                columns: table => new
                {
                    seq = table.Column<long>(type: "bigint", nullable: false),
                    entry_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_operator_audit_link", x => x.seq);
                })
                .Annotation("Plura:AppendOnly", true);

            migrationBuilder.CreateTable(
                name: "password_reset",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: true),
                    address_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_password_reset", x => x.id);
                    table.ForeignKey(
                        name: "fk_password_reset_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recovery_code",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recovery_code", x => x.id);
                    table.ForeignKey(
                        name: "fk_recovery_code_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
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
                name: "team",
                schema: "accounts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_team", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "user_passkey",
                schema: "accounts",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    last_used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_passkey", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_user_passkey_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

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

            migrationBuilder.CreateTable(
                name: "team_member",
                schema: "accounts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    team_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_team_member", x => new { x.tenant_id, x.team_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_team_member_membership_tenant_id_user_id",
                        columns: x => new { x.tenant_id, x.user_id },
                        principalSchema: "accounts",
                        principalTable: "membership",
                        principalColumns: new[] { "account_id", "user_id" },
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_team_member_team_tenant_id_team_id",
                        columns: x => new { x.tenant_id, x.team_id },
                        principalSchema: "accounts",
                        principalTable: "team",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "ix_operator_audit_entry_at",
                schema: "privacy",
                table: "operator_audit_entry",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_contact_tenant_id_assignee_id_created_at_id",
                schema: "contacts",
                table: "contact",
                columns: new[] { "tenant_id", "assignee_id", "created_at", "id" },
                descending: new[] { false, false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_at",
                schema: "privacy",
                table: "audit_entry",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_tenant_id_about_at",
                schema: "privacy",
                table: "audit_entry",
                columns: new[] { "tenant_id", "about", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entry_tenant_id_actor_id_at",
                schema: "privacy",
                table: "audit_entry",
                columns: new[] { "tenant_id", "actor_id", "at" });

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
                name: "ix_audit_link_tenant_id_entry_id",
                schema: "privacy",
                table: "audit_link",
                columns: new[] { "tenant_id", "entry_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_email_change_asked_at",
                schema: "accounts",
                table: "email_change",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ix_email_change_user_id",
                schema: "accounts",
                table: "email_change",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_invitation_account_id_created_at",
                schema: "accounts",
                table: "invitation",
                columns: new[] { "account_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_invitation_link_hash",
                schema: "accounts",
                table: "invitation",
                column: "link_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_known_device_seen_at",
                schema: "accounts",
                table: "known_device",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_known_device_user_id_hash",
                schema: "accounts",
                table: "known_device",
                columns: new[] { "user_id", "hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notice_choice_tenant_id_user_id_kind",
                schema: "accounts",
                table: "notice_choice",
                columns: new[] { "tenant_id", "user_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_notice_reading_tenant_id_notice_id_user_id",
                schema: "accounts",
                table: "notice_reading",
                columns: new[] { "tenant_id", "notice_id", "user_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_operator_audit_link_entry_id",
                schema: "privacy",
                table: "operator_audit_link",
                column: "entry_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_password_reset_address_hash_asked_at",
                schema: "accounts",
                table: "password_reset",
                columns: new[] { "address_hash", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_password_reset_asked_at",
                schema: "accounts",
                table: "password_reset",
                column: "asked_at");

            migrationBuilder.CreateIndex(
                name: "ix_password_reset_user_id",
                schema: "accounts",
                table: "password_reset",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_recovery_code_user_id_hash",
                schema: "accounts",
                table: "recovery_code",
                columns: new[] { "user_id", "hash" },
                unique: true);

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

            migrationBuilder.CreateIndex(
                name: "ix_team_tenant_id_name",
                schema: "accounts",
                table: "team",
                columns: new[] { "tenant_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_team_member_tenant_id_user_id",
                schema: "accounts",
                table: "team_member",
                columns: new[] { "tenant_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_user_passkey_user_id",
                schema: "accounts",
                table: "user_passkey",
                column: "user_id");

            // What somebody had read so far counts as read by everybody who was there.
            migrationBuilder.Sql("""
                insert into accounts.notice_reading (tenant_id, id, notice_id, user_id, at)
                select n.tenant_id, gen_random_uuid(), n.id, m.user_id, n.read_at
                from accounts.notice n join accounts.membership m on m.account_id = n.tenant_id
                where n.read_at is not null
                """);

            // The sessions of before do not know where they came from; their time is over within hours.
            migrationBuilder.Sql("update accounts.session set device = 'A browser' where device = ''");

            migrationBuilder.DropColumn(
                name: "read_at",
                schema: "accounts",
                table: "notice");
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
                name: "audit_link",
                schema: "privacy");

            migrationBuilder.DropTable(
                name: "authenticator",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "email_change",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "invitation",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "known_device",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "notice_choice",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "notice_reading",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "operator_audit_link",
                schema: "privacy");

            migrationBuilder.DropTable(
                name: "password_reset",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "recovery_code",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "support_grant_end",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "support_visit",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "team_member",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "user_passkey",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "support_grant",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "team",
                schema: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_operator_audit_entry_at",
                schema: "privacy",
                table: "operator_audit_entry");

            migrationBuilder.DropIndex(
                name: "ix_contact_tenant_id_assignee_id_created_at_id",
                schema: "contacts",
                table: "contact");

            migrationBuilder.DropIndex(
                name: "ix_audit_entry_at",
                schema: "privacy",
                table: "audit_entry");

            migrationBuilder.DropIndex(
                name: "ix_audit_entry_tenant_id_about_at",
                schema: "privacy",
                table: "audit_entry");

            migrationBuilder.DropIndex(
                name: "ix_audit_entry_tenant_id_actor_id_at",
                schema: "privacy",
                table: "audit_entry");

            migrationBuilder.DropColumn(
                name: "language",
                schema: "accounts",
                table: "user");

            migrationBuilder.DropColumn(
                name: "time_zone",
                schema: "accounts",
                table: "user");

            migrationBuilder.DropColumn(
                name: "device",
                schema: "accounts",
                table: "session");

            migrationBuilder.DropColumn(
                name: "ended_at",
                schema: "accounts",
                table: "session");

            migrationBuilder.DropColumn(
                name: "ended_by",
                schema: "accounts",
                table: "session");

            migrationBuilder.DropColumn(
                name: "network",
                schema: "accounts",
                table: "session");

            migrationBuilder.DropColumn(
                name: "stays",
                schema: "accounts",
                table: "session");

            migrationBuilder.DropColumn(
                name: "about_kind",
                schema: "privacy",
                table: "operator_audit_entry");

            migrationBuilder.DropColumn(
                name: "network",
                schema: "privacy",
                table: "operator_audit_entry");

            migrationBuilder.DropColumn(
                name: "outcome",
                schema: "privacy",
                table: "operator_audit_entry");

            migrationBuilder.DropColumn(
                name: "session_id",
                schema: "privacy",
                table: "operator_audit_entry");

            migrationBuilder.DropColumn(
                name: "title",
                schema: "accounts",
                table: "notice");

            migrationBuilder.DropColumn(
                name: "assignee_id",
                schema: "contacts",
                table: "contact");

            migrationBuilder.DropColumn(
                name: "about_kind",
                schema: "privacy",
                table: "audit_entry");

            migrationBuilder.DropColumn(
                name: "network",
                schema: "privacy",
                table: "audit_entry");

            migrationBuilder.DropColumn(
                name: "outcome",
                schema: "privacy",
                table: "audit_entry");

            migrationBuilder.DropColumn(
                name: "session_id",
                schema: "privacy",
                table: "audit_entry");

            migrationBuilder.DropColumn(
                name: "phone",
                schema: "accounts",
                table: "account");

            migrationBuilder.DropColumn(
                name: "website",
                schema: "accounts",
                table: "account");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "read_at",
                schema: "accounts",
                table: "notice",
                type: "timestamp with time zone",
                nullable: true);
        }
    }
}
