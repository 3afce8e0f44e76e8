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

    public static DbContextOptionsBuilder UsePlura(this DbContextOptionsBuilder builder, System.Data.Common.DbDataSource database)
    {
        builder.UseNpgsql(database, Provider);
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
