using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class ClosingAndSnapshots : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AlterTable(
                name: "acceptance",
                schema: "accounts",
                comment: "kept: that a person accepted our texts is our own proof, and binds beyond the account")
                .Annotation("Plura:AppendOnly", true)
                .OldAnnotation("Plura:AppendOnly", true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "readable_until",
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
                name: "ix_agency_snapshot_agency_id_saved_at",
                schema: "accounts",
                table: "agency_snapshot",
                columns: new[] { "agency_id", "saved_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
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
                name: "ended_chain",
                schema: "privacy");

            migrationBuilder.DropColumn(
                name: "readable_until",
                schema: "accounts",
                table: "account");

            migrationBuilder.AlterTable(
                name: "acceptance",
                schema: "accounts",
                oldComment: "kept: that a person accepted our texts is our own proof, and binds beyond the account")
                .Annotation("Plura:AppendOnly", true)
                .OldAnnotation("Plura:AppendOnly", true);
        }
    }
}
