using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Plura.Platform;

#nullable disable

namespace Plura.Migrations
{
    /// <summary>Tables that stand already take the policy that new ones get (TableLocks.Mine).</summary>
    [DbContext(typeof(PluraDb))]
    [Migration("20261129020000_PolicyWithoutSubselect")]
    public partial class PolicyWithoutSubselect : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql($"""
            do $do$
            declare place text;
            begin
                for place in select polrelid::regclass::text from pg_policy where polname = 'tenant' loop
                    execute format($alter$alter policy tenant on %s using ({TableLocks.Mine}) with check ({TableLocks.Mine})$alter$, place);
                end loop;
            end $do$;
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}
