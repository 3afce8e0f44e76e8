using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Plura.Migrations
{
    /// <inheritdoc />
    public partial class SmartLists : Migration
    {
        /// <summary>A saved search is called a smart list now, also in the audiences of campaigns.</summary>
        private const string Audiences = """
            update campaigns.campaign set audience = (audience - '{0}' - 'except{1}') || jsonb_build_object('{2}', audience -> '{0}', 'except{3}', audience -> 'except{1}')
            where audience ?| array['{0}', 'except{1}']
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameTable(name: "saved_search", schema: "contacts", newName: "smart_list", newSchema: "contacts");
            migrationBuilder.Sql("alter table contacts.smart_list rename constraint pk_saved_search to pk_smart_list");
            migrationBuilder.DropIndex(name: "ix_saved_search_tenant_id_normal", schema: "contacts", table: "smart_list");
            migrationBuilder.AddColumn<string[]>(name: "columns", schema: "contacts", table: "smart_list", type: "text[]", nullable: false, defaultValue: new string[0]);
            migrationBuilder.AddColumn<string>(name: "sort", schema: "contacts", table: "smart_list", type: "text", nullable: false, defaultValue: "newest");
            migrationBuilder.AddColumn<Guid>(name: "owner_id", schema: "contacts", table: "smart_list", type: "uuid", nullable: true);
            migrationBuilder.AddColumn<int>(name: "version", schema: "contacts", table: "smart_list", type: "integer", nullable: false, defaultValue: 1);
            migrationBuilder.AddColumn<DateTimeOffset>(name: "removed_at", schema: "contacts", table: "smart_list", type: "timestamp with time zone", nullable: true);
            migrationBuilder.CreateIndex(
                name: "ix_smart_list_tenant_id_normal",
                schema: "contacts",
                table: "smart_list",
                columns: new[] { "tenant_id", "normal" },
                unique: true,
                filter: "removed_at is null");
            migrationBuilder.Sql(string.Format(System.Globalization.CultureInfo.InvariantCulture, Audiences, "savedSearch", "SavedSearch", "smartList", "SmartList"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(string.Format(System.Globalization.CultureInfo.InvariantCulture, Audiences, "smartList", "SmartList", "savedSearch", "SavedSearch"));
            migrationBuilder.Sql("delete from contacts.smart_list where removed_at is not null");
            migrationBuilder.DropIndex(name: "ix_smart_list_tenant_id_normal", schema: "contacts", table: "smart_list");
            foreach (var column in new[] { "columns", "sort", "owner_id", "version", "removed_at" })
                migrationBuilder.DropColumn(name: column, schema: "contacts", table: "smart_list");
            migrationBuilder.Sql("alter table contacts.smart_list rename constraint pk_smart_list to pk_saved_search");
            migrationBuilder.RenameTable(name: "smart_list", schema: "contacts", newName: "saved_search", newSchema: "contacts");
            migrationBuilder.CreateIndex(name: "ix_saved_search_tenant_id_normal", schema: "contacts", table: "saved_search", columns: new[] { "tenant_id", "normal" }, unique: true);
        }
    }
}
