import { type ArgumentMetadata, BadRequestException, Injectable, ValidationPipe } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';

/**
 * Validates a query against its class, whatever pipes the application has of its own. Each message of the 400 it
 * answers names a parameter and the accepted form.
 */
@Injectable()
export class QueryValidationPipe extends ValidationPipe {
  constructor() {
    super({
      transform: true,
      stopAtFirstError: true,
      exceptionFactory: (errors) =>
        new BadRequestException(errors.flatMap(({ constraints = {} }) => Object.values(constraints))),
    });
  }

  override async transform(query: object, metadata: ArgumentMetadata): Promise<unknown> {
    // By the names alone, since the pipe's own whitelist lets pass what is named like a member of the class.
    const known = parametersOf(metadata.metatype!);
    const unknown = Object.keys(query).filter((name) => !known.includes(name));
    if (unknown.length > 0) {
      const messages = unknown.map((name) => `${name} is not a parameter here; the parameters are ${known.join(', ')}`);
      throw new BadRequestException(messages);
    }
    return super.transform(query, metadata) as Promise<unknown>;
  }
}

function parametersOf(query: NonNullable<ArgumentMetadata['metatype']>): string[] {
  const metadata = getMetadataStorage().getTargetValidationMetadatas(query, '', false, false);
  return [...new Set(metadata.map(({ propertyName }) => propertyName))];
}
