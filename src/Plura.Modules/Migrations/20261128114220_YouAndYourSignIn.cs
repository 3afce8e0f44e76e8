using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class YouAndYourSignIn : Migration
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
                name: "title",
                schema: "accounts",
                table: "notice",
                type: "text",
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
                name: "email_change",
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
                name: "password_reset",
                schema: "accounts");

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
                name: "title",
                schema: "accounts",
                table: "notice");

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
