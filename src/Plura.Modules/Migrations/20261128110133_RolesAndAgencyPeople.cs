using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class RolesAndAgencyPeople : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "role_id",
                schema: "accounts",
                table: "membership",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "sight",
                schema: "accounts",
                table: "membership",
                type: "text",
                nullable: false,
                defaultValue: "all");

            migrationBuilder.CreateTable(
                name: "agency_member",
                schema: "accounts",
                columns: table => new
                {
                    agency_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agency_member", x => new { x.agency_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_agency_member_agency_agency_id",
                        column: x => x.agency_id,
                        principalSchema: "accounts",
                        principalTable: "agency",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_agency_member_user_user_id",
                        column: x => x.user_id,
                        principalSchema: "accounts",
                        principalTable: "user",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            // Whoever owns an account of an agency has run it so far.
            migrationBuilder.Sql("""
                insert into accounts.agency_member (agency_id, user_id, role, since)
                select a.agency_id, m.user_id, 'owner', min(m.since)
                from accounts.account a join accounts.membership m on m.account_id = a.id
                where m.role = 'owner'
                group by a.agency_id, m.user_id
                """);

            migrationBuilder.CreateTable(
                name: "role",
                schema: "accounts",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    permissions = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role", x => new { x.tenant_id, x.id });
                })
                .Annotation("Plura:Tenant", true);

            migrationBuilder.CreateIndex(
                name: "ix_membership_account_id_role_id",
                schema: "accounts",
                table: "membership",
                columns: new[] { "account_id", "role_id" });

            migrationBuilder.CreateIndex(
                name: "ix_agency_member_user_id",
                schema: "accounts",
                table: "agency_member",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_role_tenant_id_name",
                schema: "accounts",
                table: "role",
                columns: new[] { "tenant_id", "name" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "fk_membership_role_account_id_role_id",
                schema: "accounts",
                table: "membership",
                columns: new[] { "account_id", "role_id" },
                principalSchema: "accounts",
                principalTable: "role",
                principalColumns: new[] { "tenant_id", "id" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_membership_role_account_id_role_id",
                schema: "accounts",
                table: "membership");

            migrationBuilder.DropTable(
                name: "agency_member",
                schema: "accounts");

            migrationBuilder.DropTable(
                name: "role",
                schema: "accounts");

            migrationBuilder.DropIndex(
                name: "ix_membership_account_id_role_id",
                schema: "accounts",
                table: "membership");

            migrationBuilder.DropColumn(
                name: "role_id",
                schema: "accounts",
                table: "membership");

            migrationBuilder.DropColumn(
                name: "sight",
                schema: "accounts",
                table: "membership");
        }
    }
}
