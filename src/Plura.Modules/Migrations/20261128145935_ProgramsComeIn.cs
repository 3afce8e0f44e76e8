using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class ProgramsComeIn : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "app_token",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "oauth_key",
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
        }
    }
}
