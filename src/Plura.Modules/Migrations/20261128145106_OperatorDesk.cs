using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class OperatorDesk : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "held_at",
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

            migrationBuilder.CreateIndex(
                name: "ix_account_appeal_stop_id",
                schema: "accounts",
                table: "account_appeal",
                column: "stop_id");

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
                name: "announcement_reading",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "misuse_signal",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "network_trace",
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

            migrationBuilder.DropColumn(
                name: "held_at",
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
        }
    }
}
