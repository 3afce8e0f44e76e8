using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class Push : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "by_push",
                schema: "accounts",
                table: "notice_choice",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "in_digest",
                schema: "accounts",
                table: "notice_choice",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "settled_at",
                schema: "accounts",
                table: "notice",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "thing",
                schema: "accounts",
                table: "notice",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "thing_id",
                schema: "accounts",
                table: "notice",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "notice_delivery",
                schema: "accounts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    notice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    route = table.Column<string>(type: "text", nullable: false),
                    subscription_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    tries = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    digest_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_delivery", x => new { x.tenant_id, x.id });
                    table.ForeignKey(
                        name: "fk_notice_delivery_notice_tenant_id_notice_id",
                        columns: x => new { x.tenant_id, x.notice_id },
                        principalSchema: "accounts",
                        principalTable: "notice",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateTable(
                name: "notice_hours",
                schema: "accounts",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quiet_from = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    quiet_until = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    digest_at = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    names = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notice_hours", x => x.user_id);
                    table.ForeignKey(
                        name: "fk_notice_hours_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "push_subscription",
                schema: "accounts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: false),
                    address_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    @sealed = table.Column<byte[]>(name: "sealed", type: "bytea", nullable: false),
                    device = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_push_subscription", x => x.id);
                    table.ForeignKey(
                        name: "fk_push_subscription_session_session_id",
                        column: x => x.session_id,
                        principalSchema: "accounts",
                        principalTable: "session",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_push_subscription_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "notice_open_about",
                schema: "accounts",
                table: "notice",
                columns: new[] { "tenant_id", "thing_id" },
                filter: "thing_id is not null and settled_at is null");

            migrationBuilder.CreateIndex(
                name: "notice_delivery_digest",
                schema: "accounts",
                table: "notice_delivery",
                columns: new[] { "tenant_id", "user_id", "due_at" },
                filter: "state = 'waiting' and route = 'digest'");

            migrationBuilder.CreateIndex(
                name: "notice_delivery_once",
                schema: "accounts",
                table: "notice_delivery",
                columns: new[] { "tenant_id", "notice_id", "user_id", "route", "subscription_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_push_subscription_session_id",
                schema: "accounts",
                table: "push_subscription",
                column: "session_id");

            migrationBuilder.CreateIndex(
                name: "ix_push_subscription_user_id",
                schema: "accounts",
                table: "push_subscription",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "push_subscription_once",
                schema: "accounts",
                table: "push_subscription",
                column: "address_hash",
                unique: true);

            // Work that waits is done by its new name.
            migrationBuilder.Sql("""
                update platform.outbox_message set type = 'Plura.Accounts.TellNotice', subscriber = 'Plura.Accounts.TellNoticeJobHandler'
                where type = 'Plura.Accounts.MailNotice'
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "notice_delivery",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "notice_hours",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "push_subscription",
                schema: "accounts");

            migrationBuilder.DropIndex(
                name: "notice_open_about",
                schema: "accounts",
                table: "notice");

            migrationBuilder.DropColumn(
                name: "by_push",
                schema: "accounts",
                table: "notice_choice");

            migrationBuilder.DropColumn(
                name: "in_digest",
                schema: "accounts",
                table: "notice_choice");

            migrationBuilder.DropColumn(
                name: "settled_at",
                schema: "accounts",
                table: "notice");

            migrationBuilder.DropColumn(
                name: "thing",
                schema: "accounts",
                table: "notice");

            migrationBuilder.DropColumn(
                name: "thing_id",
                schema: "accounts",
                table: "notice");
        }
    }
}
