using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class AuditLog : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
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

            migrationBuilder.CreateIndex(
                name: "ix_operator_audit_entry_at",
                schema: "privacy",
                table: "operator_audit_entry",
                column: "at");

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
                name: "ix_audit_link_tenant_id_entry_id",
                schema: "privacy",
                table: "audit_link",
                columns: new[] { "tenant_id", "entry_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_operator_audit_link_entry_id",
                schema: "privacy",
                table: "operator_audit_link",
                column: "entry_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_link",
                schema: "privacy");

            migrationBuilder.DropTable(
                name: "operator_audit_link",
                schema: "privacy");

            migrationBuilder.DropIndex(
                name: "ix_operator_audit_entry_at",
                schema: "privacy",
                table: "operator_audit_entry");

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
        }
    }
}
