using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class DoorsSince : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Of what was connected before, nobody knows since when: it counts as connected today, so that whoever came lately leaves nothing behind.
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "since",
                schema: "accounts",
                table: "user_login",
                type: "timestamp with time zone",
                nullable: false,
                defaultValueSql: "now()");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "rests_until",
                schema: "accounts",
                table: "session",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "wrong_tries",
                schema: "accounts",
                table: "session",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "rests_until",
                schema: "accounts",
                table: "known_device",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "wrong_tries",
                schema: "accounts",
                table: "known_device",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "device_since",
                schema: "accounts",
                table: "email_change",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(name: "since", schema: "accounts", table: "user_login");
            migrationBuilder.DropColumn(name: "rests_until", schema: "accounts", table: "session");
            migrationBuilder.DropColumn(name: "wrong_tries", schema: "accounts", table: "session");
            migrationBuilder.DropColumn(name: "rests_until", schema: "accounts", table: "known_device");
            migrationBuilder.DropColumn(name: "wrong_tries", schema: "accounts", table: "known_device");
            migrationBuilder.DropColumn(name: "device_since", schema: "accounts", table: "email_change");
        }
    }
}
