using Microsoft.EntityFrameworkCore;
using Plura.Platform;

namespace Plura.Violations;

public sealed class Ownerless
{
    public Guid Id { get; set; }
}

[SharedAcrossTenants("")]
public sealed class SharedWithoutReason
{
    public Guid Id { get; set; }
}

public sealed class WrongDb : DbContext
{
    /// <summary>Each table breaks one rule; <c>wrong.right</c> breaks none.</summary>
    public const string Tables = """
        create schema wrong;
        create table wrong.open (id uuid primary key, tenant_id uuid not null);
        create table wrong.not_forced (tenant_id uuid not null, id uuid, open_id uuid references wrong.open, primary key (tenant_id, id));
        alter table wrong.not_forced enable row level security;
        create table wrong.no_policy (tenant_id uuid not null, id uuid, primary key (tenant_id, id));
        alter table wrong.no_policy enable row level security, force row level security;
        create table wrong.second_policy (tenant_id uuid not null, id uuid, primary key (tenant_id, id));
        alter table wrong.second_policy enable row level security, force row level security;
        create policy tenant on wrong.second_policy using (tenant_id = current_setting('plura.tenant_id')::uuid) with check (tenant_id = current_setting('plura.tenant_id')::uuid);
        create policy everyone on wrong.second_policy using (true);
        create table wrong.right (tenant_id uuid not null, id uuid, primary key (tenant_id, id));
        alter table wrong.right enable row level security, force row level security;
        create policy tenant on wrong.right using (tenant_id = current_setting('plura.tenant_id')::uuid) with check (tenant_id = current_setting('plura.tenant_id')::uuid);
        create function wrong.loose() returns int language sql security definer as 'select 1';
        create type wrong.mood as enum ('good', 'bad');
        """;

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseNpgsql("Host=localhost");

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Ownerless>();
        modelBuilder.Entity<SharedWithoutReason>();
    }
}
