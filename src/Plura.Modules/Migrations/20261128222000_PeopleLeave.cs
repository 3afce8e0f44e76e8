using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class PeopleLeave : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "last_place_ended_at",
                schema: "accounts",
                table: "user",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset[]>(
                name: "letters_at",
                schema: "accounts",
                table: "invitation",
                type: "timestamp with time zone[]",
                nullable: false,
                defaultValue: new DateTimeOffset[0]);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "empty_since",
                schema: "accounts",
                table: "agency",
                type: "timestamp with time zone",
                nullable: true);

            // When a place ended before today nobody wrote down: the months count from now on.
            migrationBuilder.Sql(
                """
                update accounts."user" u set last_place_ended_at = now()
                where not exists (select from accounts.membership m where m.user_id = u.id) and not exists (select from accounts.agency_member m where m.user_id = u.id);
                update accounts.agency g set empty_since = now() where not exists (select from accounts.account a where a.agency_id = g.id);
                update accounts.invitation set letters_at = array[sent_at];
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "last_place_ended_at",
                schema: "accounts",
                table: "user");

            migrationBuilder.DropColumn(
                name: "letters_at",
                schema: "accounts",
                table: "invitation");

            migrationBuilder.DropColumn(
                name: "empty_since",
                schema: "accounts",
                table: "agency");
        }
    }
}
