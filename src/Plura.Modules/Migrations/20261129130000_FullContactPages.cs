using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Plura.Platform;

#nullable disable

namespace Plura.Migrations
{
    /// <summary>Each change of a contact changes an indexed column, so the room that pages kept free for changes in place was never used.</summary>
    [DbContext(typeof(PluraDb))]
    [Migration("20261129130000_FullContactPages")]
    public class FullContactPages : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("alter table contacts.contact reset (fillfactor)");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("alter table contacts.contact set (fillfactor = 85)");
    }
}
