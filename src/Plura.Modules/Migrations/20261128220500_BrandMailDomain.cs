using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class BrandMailDomain : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "sender_checked_at",
                schema: "accounts",
                table: "agency_brand",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "sender_confirmed_at",
                schema: "accounts",
                table: "agency_brand",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "sender_lost_at",
                schema: "accounts",
                table: "agency_brand",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "sender_checked_at",
                schema: "accounts",
                table: "agency_brand");

            migrationBuilder.DropColumn(
                name: "sender_confirmed_at",
                schema: "accounts",
                table: "agency_brand");

            migrationBuilder.DropColumn(
                name: "sender_lost_at",
                schema: "accounts",
                table: "agency_brand");
        }
    }
}
