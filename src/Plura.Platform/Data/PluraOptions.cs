using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Plura.Platform;

public static class PluraOptions
{
    /// <summary>How every context of the product talks to PostgreSQL; migrations and the running app must agree.</summary>
    public static DbContextOptionsBuilder<PluraDb> UsePlura(this DbContextOptionsBuilder<PluraDb> builder, string connection)
    {
        builder.UseNpgsql(connection, Provider);
        Common(builder);
        return builder;
    }

    /// <summary>
    /// On the application's own <see cref="Npgsql.NpgsqlDataSource"/>, which the provider asks of the services. Handed over here it would be part of the key
    /// under which the model and the compiled queries are kept: each host in a process would make its own.
    /// </summary>
    public static DbContextOptionsBuilder UsePlura(this DbContextOptionsBuilder builder)
    {
        builder.UseNpgsql(Provider);
        Common(builder);
        return builder;
    }

    private static void Provider(Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.NpgsqlDbContextOptionsBuilder npgsql) =>
        npgsql.MigrationsAssembly("Plura.Modules").MigrationsHistoryTable("migration", "platform");

    private static void Common(DbContextOptionsBuilder builder) => builder
        .UseSnakeCaseNamingConvention()
        .ReplaceService<IRelationalAnnotationProvider, TableLockAnnotations>()
        .ReplaceService<IMigrationsSqlGenerator, TableLockSql>();
}
