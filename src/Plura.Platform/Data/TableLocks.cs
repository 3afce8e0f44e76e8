using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.Internal;
using Npgsql.EntityFrameworkCore.PostgreSQL.Migrations;

#pragma warning disable EF1001 // The provider's own hooks are the only way to carry an annotation from the model to a migration.

namespace Plura.Platform;

/// <summary>
/// Third lock, the database's half. A table that is created for an <see cref="ITenantOwned"/> entity gets forced row security
/// with the one policy, every table gets the grants that the app's role may have, and an append-only table refuses change.
/// It happens in the migration itself, so that a feature cannot forget it.
/// </summary>
public static class TableLocks
{
    public const string Tenant = "Plura:Tenant";
    public const string AppendOnly = "Plura:AppendOnly";

    /// <summary>
    /// No subselect around the setting: PostgreSQL then compares it with the statement's own tenant_id once, before it reads a row,
    /// where a subselect costs a plan of its own in every statement. A statement that names no tenant_id has it as an index condition.
    /// </summary>
    public const string Mine = "tenant_id = nullif(current_setting('plura.tenant_id', true), '')::uuid";

    public static IEnumerable<string> For(string schema, string table, bool tenant, bool appendOnly)
    {
        var name = $"\"{schema}\".\"{table}\"";
        yield return $"GRANT USAGE ON SCHEMA \"{schema}\" TO plura_app;";
        yield return $"GRANT {(appendOnly ? "SELECT, INSERT" : "SELECT, INSERT, UPDATE, DELETE")} ON {name} TO plura_app;";
        if (tenant)
        {
            yield return $"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;";
            yield return $"ALTER TABLE {name} FORCE ROW LEVEL SECURITY;";
            yield return $"CREATE POLICY tenant ON {name} USING ({Mine}) WITH CHECK ({Mine});";
        }

        if (appendOnly)
            yield return $"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {name} FOR EACH STATEMENT EXECUTE FUNCTION platform.refuse_change();";
    }
}

/// <summary>Carries our two annotations from the model to the relational table, where migrations look.</summary>
public sealed class TableLockAnnotations(RelationalAnnotationProviderDependencies dependencies) : NpgsqlAnnotationProvider(dependencies)
{
    public override IEnumerable<IAnnotation> For(ITable table, bool designTime)
    {
        foreach (var annotation in base.For(table, designTime))
            yield return annotation;
        if (!designTime)
            yield break;
        var entity = table.EntityTypeMappings.First().TypeBase;
        foreach (var name in (string[])[TableLocks.Tenant, TableLocks.AppendOnly])
        {
            if (entity.FindAnnotation(name) is { Value: true })
                yield return new Annotation(name, true);
        }
    }
}

/// <summary>Writes the locks behind each CREATE TABLE of a migration.</summary>
public sealed class TableLockSql(MigrationsSqlGeneratorDependencies dependencies, INpgsqlSingletonOptions options)
    : NpgsqlMigrationsSqlGenerator(dependencies, options)
{
    protected override void Generate(CreateTableOperation operation, IModel? model, MigrationCommandListBuilder builder, bool terminate = true)
    {
        base.Generate(operation, model, builder, terminate: true);
        var tenant = operation.FindAnnotation(TableLocks.Tenant) is not null;
        var appendOnly = operation.FindAnnotation(TableLocks.AppendOnly) is not null;
        foreach (var statement in TableLocks.For(operation.Schema ?? "public", operation.Name, tenant, appendOnly))
        {
            builder.AppendLine(statement);
            builder.EndCommand();
        }
    }
}
