import { envsOf } from '../../core/catalogue.ts';
import { everyService } from '../../core/target.ts';
import type { Command } from '../command.ts';
import type { Setting } from '../grammar/setting.ts';

/** The environments in which the person may do it to every service at once; none for most commands. */
export const envsEverywhere = (command: Command, { catalogue, rights }: Setting): string[] =>
  command.everywhere
    ? envsOf(catalogue).filter((env) => rights.may(command, { service: everyService, env }).ok)
    : [];
